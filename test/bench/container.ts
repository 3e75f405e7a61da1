import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { createStudio } from '../../src/runner/studio.ts';
import { makesPicture } from '../lib/makesPicture.ts';
import { repositoryRoot } from '../lib/paths.ts';
import { TestEngine, testImage } from '../lib/testEngine.ts';
import { ratioFinding, type Report } from './lib/finding.ts';
import { atHome, makeFilm, run, type Place } from './lib/place.ts';
import { inTurn, timed } from './lib/samples.ts';

const warmUps = 2;
const pairs = 20;
const command = ['/bin/sh', '-c', makesPicture];
/** As our containers are held, but for what only we need. */
const hardening = [
  ...['--network', 'none', '--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
  ...[
    '--memory',
    '16g',
    '--memory-swap',
    '16g',
    '--pids-limit',
    '4096',
    '--init',
    '--tmpfs',
    '/tmp:mode=1777',
  ],
];

export async function container(): Promise<Report> {
  const engine = await TestEngine.start();
  try {
    return await atHome(async (home) => {
      const ours = await makeFilm(home, 'Ours');
      const plain = await makeFilm(home, 'Plain');
      const env = { ...home.env, ...engine.env };
      const request = await makerOf({ ...ours, env });
      const byHand = (index: number) => timed(() => makePlainly({ ...plain, env }, index));
      try {
        for (let index = 0; index < warmUps; index++) {
          await request.make();
          await byHand(-1 - index);
        }
        const measured = await inTurn(pairs, () => timed(request.make), byHand);
        const names = ['a take', '`docker run`, `git add` and `git commit`'] as const;
        const what = 'A container job that does nothing';
        return {
          title: 'Containers',
          how: `From the request to the recorded and committed take, in a studio that is open, of a job whose container writes one picture of one pixel; against \`docker run\` of the same image and command, held the same way, and \`git add\` and \`git commit\` of the same file. Warm, in turn, ${pairs} pairs, on a Docker Engine of the test's own.`,
          findings: [ratioFinding(what, { atMost: 1.3, unit: '×' }, { pairs: measured, names })],
        };
      } finally {
        await request.close();
      }
    });
  } finally {
    await engine.dispose();
  }
}

async function makerOf({ cwd, env }: Place) {
  const home = env['AUTEUR_HOME'] ?? '';
  await mkdir(join(home, 'pipelines'), { recursive: true });
  const definition = { schemaVersion: 1, kind: 'container', image: testImage, command };
  await writeFile(join(home, 'pipelines/nothing.pipeline.json'), JSON.stringify(definition));
  const studio = createStudio({
    ...{ home, env, trusted: true, claims: 'open', edits: 'commit', version: 'bench' },
    assetsDir: join(repositoryRoot, 'dist'),
    log: (line) => {
      process.stderr.write(`${line}\n`);
    },
  });
  await studio.openProject(cwd);
  const make = async (): Promise<void> => {
    const jobs = await studio.generate({ root: cwd, addresses: ['01/01/01'], pipeline: 'nothing' });
    const [job] = await studio.settled(jobs.map(({ id }) => id));
    if (job?.take?.commit.state !== 'committed') throw new Error(`no take: ${JSON.stringify(job)}`);
  };
  return { make, close: () => studio.close() };
}

async function makePlainly(place: Place, index: number): Promise<void> {
  const output = join(place.cwd, '.auteur/output', String(index));
  await mkdir(output, { recursive: true });
  await run(
    place,
    'docker',
    ...['run', '--rm', ...hardening, '--volume', `${output}:/auteur/output`, testImage, ...command],
  );
  const path = `03_Renders/take_${index}.png`;
  await copyFile(join(output, 'picture.png'), join(place.cwd, path));
  await run(place, 'git', 'add', '--', path);
  await run(place, 'git', 'commit', '--quiet', '--message', 'Record a take');
}
