import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { aJob } from '../../../../test/builders/aJob.ts';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { readOwnJsonFile } from '../../../core/storage/jsonFile.ts';
import { fillJobFolder, inputsOf, jobFolderOf } from './jobFolder.ts';

test('a second start of one attempt finds a folder as the first one did', async () => {
  const job = aJob({ projectRoot: tempFolder() });
  const folder = await jobFolderOf(job, 1);
  await fillJobFolder(folder, job, 1);
  writeFileSync(join(folder.output, 'half.png'), 'half');
  mkdirSync(join(folder.inputs, 'more'));
  await fillJobFolder(await jobFolderOf(job, 1), job, 2);
  expect(readdirSync(folder.output)).toEqual([]);
  expect(readdirSync(folder.inputs)).toEqual([]);
  expect(await inputsOf(folder)).toEqual([]);
  const { value } = await readOwnJsonFile(folder.jobFile, z.object({ takeNumber: z.int() }));
  expect(value).toEqual({ takeNumber: 2 });
});

test('a container is given the parameters of its pipeline as they are, beside what every job of the film says', async () => {
  const job = aJob({
    projectRoot: tempFolder(),
    parameters: { width: 320, height: 180, fps: 24 },
    definition: { kind: 'container', image: 'studio/flux:1', parameters: { steps: 3, width: 640 } },
  });
  const folder = await jobFolderOf(job, 1);
  await fillJobFolder(folder, job, 1);
  const told: unknown = JSON.parse(readFileSync(folder.jobFile, 'utf8'));
  const parameters = { steps: 3, width: 640, height: 180, fps: 24 };
  expect(told).toMatchObject({ parameters, width: 320, height: 180 });
});
