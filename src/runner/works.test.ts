import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shotsIn, writeTake } from '../../test/lib/recordedTake.ts';
import { textFilm } from '../../test/lib/textFilm.ts';
import { runWork } from '../core/ports/work.ts';
import type { WorkProgress } from '../core/protocol/work.ts';
import { FilmDesk } from './filmDesk.ts';
import { Works } from './works.ts';

async function filmOfTakes(): Promise<string> {
  const root = await textFilm({ shots: 30 });
  for (const placed of await shotsIn(root)) await writeTake(root, { placed, number: 1 });
  return root;
}

function works(): Works {
  return new Works({ commits: false, hasJobs: async () => false });
}

test('works tell their own progress, each to whoever asked', async () => {
  const root = await filmOfTakes();
  const port = works();
  const told: WorkProgress[][] = [[], []];
  const results = await Promise.all(
    told.map((news) =>
      runWork(port, { kind: 'exportFrames', root }, { onProgress: (progress) => void news.push(progress) }),
    ),
  );
  expect(results.map(({ frames }) => frames)).toEqual([30, 30]);
  expect(results[0]?.path).not.toBe(results[1]?.path);
  for (const news of told)
    expect(new Set(news.map(({ step }) => step))).toEqual(new Set(['reading', 'copying']));
});

test('a wish to stop that comes first is heard, and one that comes late changes nothing', async () => {
  const root = await filmOfTakes();
  const port = works();
  const signal = AbortSignal.abort();
  await expect(runWork(port, { kind: 'exportFrames', root }, { signal })).rejects.toMatchObject({
    code: 'work-cancelled',
  });
  const controller = new AbortController();
  await runWork(port, { kind: 'exportCsv', root }, { signal: controller.signal });
  controller.abort();
  await port.cancelWork('unknown');
});

test('stopping cancels what runs and waits until it has tidied up', async () => {
  const root = await filmOfTakes();
  const port = works();
  const copying = new Promise<void>((resolve) => {
    port.onWork(({ step }) => {
      if (step === 'copying') resolve();
    });
  });
  const ended = expect(runWork(port, { kind: 'exportFrames', root })).rejects.toMatchObject({
    code: 'work-cancelled',
  });
  await copying;
  await port.stop();
  expect(readdirSync(join(root, '06_Exports'))).toEqual([]);
  await ended;
});

test('what is no work is refused, and nothing works in a folder that is not trusted', async () => {
  await expect(works().work('1', { kind: 'pack', root: '', file: 'x' })).rejects.toMatchObject({
    code: 'value-invalid',
  });
  const desk = new FilmDesk({ trusted: false, edits: 'leave' });
  await expect(desk.work('1', { kind: 'exportCsv', root: '/films' })).rejects.toMatchObject({
    code: 'untrusted',
  });
  await expect(desk.gitStatus('/films')).rejects.toMatchObject({ code: 'untrusted' });
  await expect(desk.lfsHealth('/films')).rejects.toMatchObject({ code: 'untrusted' });
});
