import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { JobRequest } from '../../src/core/model/job.ts';
import { readPipelines } from '../../src/core/storage/pipelineFiles.ts';
import { describeMedia } from '../../src/runner/media/describeMedia.ts';
import {
  fillJobFolder,
  jobFolderOf,
  type JobFolder,
} from '../../src/runner/pipelines/container/jobFolder.ts';
import { readMessage, type Message } from '../../src/runner/pipelines/container/messages.ts';
import { outputLines } from '../../src/runner/pipelines/container/outputLines.ts';
import { takeResult } from '../../src/runner/pipelines/container/resultFiles.ts';
import { aJob } from '../builders/aJob.ts';
import { tempFolder } from '../lib/tempFolder.ts';
import { onePixel } from '../lib/tinyMedia.ts';

const pipelines = join(import.meta.dirname, '..', '..', 'pipelines');
const flux = join(pipelines, 'flux');
const run = promisify(execFile);

/** A job as the runner hands it to a container. */
async function filled(
  fields: Parameters<typeof aJob>[0] = {},
): Promise<{ job: JobRequest; folder: JobFolder }> {
  const projectRoot = tempFolder();
  await writeFile(join(projectRoot, 'ada.png'), onePixel);
  const job = aJob({ projectRoot, seed: 0x20c040, ...fields });
  const folder = await jobFolderOf(job, 1);
  await fillJobFolder(folder, job, 3);
  return { job, folder };
}

function environment({ jobFile, output }: JobFolder): NodeJS.ProcessEnv {
  return { ...process.env, AUTEUR_JOB: jobFile, AUTEUR_OUTPUT: output };
}

test('the pipeline that the README teaches makes a take of a real job', async () => {
  const { folder } = await filled();
  const child = spawn('python3', [join(pipelines, 'example', 'pipeline.py')], { env: environment(folder) });
  const exit = once(child, 'exit');
  const messages: Message[] = [];
  for await (const line of outputLines(child.stdout)) messages.push(readMessage(line));
  expect(await exit).toEqual([0, null]);
  expect(messages.map(({ type }) => type)).toEqual(['log', 'progress', 'progress', 'result']);
  const [log, first, second, result] = messages;
  expect(log).toEqual({ type: 'log', message: 'Shot 01/01/01: ' });
  expect([first, second]).toMatchObject([{ progress: 0 }, { step: 'Row 100 of 180' }]);
  const to = tempFolder();
  const outputs = result?.type === 'result' ? result.outputs : [];
  const files = await takeResult(outputs, { from: folder.output, to });
  const { signal } = new AbortController();
  expect(await describeMedia({ folder: to, files, signal, log: () => undefined })).toEqual([
    { name: '01.png', mediaType: 'image/png', width: 320, height: 180 },
  ]);
});

test('the README shows the example as it is, and no more than 20 lines of it', async () => {
  const readme = await readFile(join(pipelines, 'README.md'), 'utf8');
  for (const file of ['pipeline.py', 'Dockerfile', 'one-colour.pipeline.json']) {
    const text = await readFile(join(pipelines, 'example', file), 'utf8');
    expect(readme, file).toContain(`\n${text}\`\`\``);
  }
  const program = await readFile(join(pipelines, 'example', 'pipeline.py'), 'utf8');
  expect(
    program
      .trim()
      .split('\n')
      .filter((line) => line !== '').length,
  ).toBeLessThanOrEqual(20);
  const { pipelines: found, problems } = await readPipelines(join(pipelines, 'example'));
  expect(problems).toEqual([]);
  expect(found).toMatchObject([{ id: 'one-colour', definition: { kind: 'container', vramGb: 0 } }]);
});

test('FLUX reads a job as the runner writes it', async () => {
  const panel = { ...aJob().panel, characters: [{ name: 'Ada', reference: 'ada.png' }] };
  const { job, folder } = await filled({ panel, parameters: { quality: 'high' } });
  const program = [
    'import dataclasses, json, os, pathlib',
    'from auteur_flux.auteur_contract import read_job',
    'job = read_job(pathlib.Path(os.environ["AUTEUR_JOB"]))',
    'print(json.dumps([job.id, job.address, job.take_number, job.seed, job.width, job.height,',
    '  job.parameters.text("quality"), dataclasses.asdict(job.prompt), [str(one.path) for one in job.references]]))',
  ];
  const options = { cwd: flux, env: environment(folder) };
  const { stdout } = await run('python3', ['-c', program.join('\n')], options);
  expect(JSON.parse(stdout)).toEqual([
    ...[job.id, '01/01/01', 3, 0x20c040, 320, 180, 'high'],
    ...[job.prompt, ['/auteur/inputs/01.png']],
  ]);
});

test('FLUX without a model says in one line what to do', async () => {
  const { folder } = await filled();
  const env = { ...environment(folder), AUTEUR_MODELS: tempFolder() };
  const failed = run('python3', ['-m', 'auteur_flux'], { cwd: flux, env });
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^error: there is no model: put FLUX\.1-schnell or .*\n$/) as string,
  });
});

test('the tests of FLUX that need no PyTorch pass', async () => {
  const { stderr } = await run('python3', ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'], {
    cwd: flux,
  });
  expect(stderr).toMatch(/^Ran (2[4-9]|[3-9]\d) tests in .*\n\nOK\n$/m);
});
