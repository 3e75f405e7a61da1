import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ComfyServer } from '../lib/comfy/comfyServer.ts';
import { textGraph } from '../lib/comfy/graphs.ts';
import { createTestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, makeFilm } from './auteur.ts';
import { DryRunReply, GenerateReply, JobsReply } from './shapes.ts';

test('generate --dry-run says what would be made of the shots that fit, and makes no job', async () => {
  const home = await createTestHome();
  onTestFinished(() => home.dispose());
  const film = await makeFilm(home, 2);
  const { takes } = GenerateReply.parse(await auteurJson(film, 'generate', '*/*/01'));
  expect(takes).toMatchObject([{ address: '01/01/01' }]);

  const dryRun = ['generate', '01/**', '--missing', '--dry-run', '--seed', '7'];
  const { plan } = DryRunReply.parse(await auteurJson(film, ...dryRun));
  const path = '03_Renders/Chapter_01/Scene_01/Shot_02/S01_S02_take01.png';
  expect(plan).toMatchObject([{ address: '01/01/02', take: 1, path, seed: 7, pipeline: 'storyboard' }]);
  expect(plan[0]).toMatchObject({ device: null, devices: null });
  expect(plan[0]?.prompt).toContain('A kettle, seen 2 times');
  const { stdout } = await auteur(film, ...dryRun);
  expect(stdout).toMatch(
    /^01\/01\/02 take 01\n {2}pipeline +storyboard \(storyboard\)\n {2}instead of +auteur-flux/,
  );
  expect(stdout).toContain('1 take would be made.');

  expect(JobsReply.parse(await auteurJson(film, 'jobs')).jobs).toHaveLength(1);
  expect((await auteur(film, 'generate', '01', '--dry-run', '--detach')).code).toBe(2);
});

test('generate --dry-run names the cards that a take may run on, where it needs one', async () => {
  const home = await createTestHome();
  onTestFinished(() => home.dispose());
  const server = await ComfyServer.start();
  onTestFinished(() => server.stop());
  const film = await makeFilm(home, 1);
  const card = { id: 'gpu0', name: 'Test Card', vramGb: 12, access: 'none' };
  await mkdir(home.state);
  await writeFile(join(home.state, 'runner.json'), JSON.stringify({ devices: [card] }));
  const workflow = join(home.root, 'portrait.json');
  await writeFile(workflow, JSON.stringify(textGraph()));
  await auteur(film, 'pipelines', 'add', workflow, '--server', server.url);

  const dryRun = ['generate', '01/01/01', '--pipeline', 'portrait', '--dry-run'];
  const { plan } = DryRunReply.parse(await auteurJson(film, ...dryRun));
  const device = { id: 'gpu0', name: 'Test Card', vramGb: 12 };
  expect(plan).toMatchObject([{ pipeline: 'portrait', device, devices: [device] }]);
  expect((await auteur(film, ...dryRun)).stdout).toContain('gpu0 (Test Card, 12 GB)');
  expect(server.posted('/prompt')).toEqual([]);
});
