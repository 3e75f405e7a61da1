import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../test/lib/tempFolder.ts';
import { testFilm } from '../../test/lib/testFilm.ts';
import { makeClip } from '../../test/lib/tinyMedia.ts';
import type { Pipeline } from '../core/ports/pipeline.ts';
import { takeViews } from '../core/storage/filmViews.ts';
import { allScenes, readProject, shotsOf } from '../core/storage/projectFiles.ts';
import { validateProject } from '../core/storage/validate.ts';
import { openFloor } from './floor.ts';
import { jobRequests } from './jobRequests.ts';

const filming: Pipeline = {
  ref: { id: 'storyboard', kind: 'storyboard', version: 'fake' },
  async run({ outputDir }) {
    await makeClip(outputDir, '01.mp4');
    return { files: [{ name: '01.mp4', mediaType: 'video/mp4' }], drawsTakeNumber: false };
  },
};

test('a take that moves is recorded with its measures, and its poster goes to LFS beside it', async () => {
  const { root } = await testFilm();
  const floor = await openFloor({
    ...{ home: tempFolder(), version: 'test', concurrency: 1, roots: () => [root] },
    pipelineOf: () => filming,
    sweep: () => Promise.resolve(),
    onJobs: () => undefined,
    onOutdated: () => undefined,
    log: () => undefined,
  });
  onTestFinished(() => floor.stop());
  const [job] = floor.queue.submit(
    await jobRequests({ root, addresses: [] }, () => ({ pipeline: filming.ref })),
  );
  floor.wake();
  const committed = () => floor.queue.jobs({ ids: job === undefined ? [] : [job.id] })[0]?.take?.commit.state;
  await expect.poll(committed, { timeout: 20_000 }).toBe('committed');

  const { value } = await readProject(root);
  const scenes = await Promise.all(allScenes(value).map((scene) => shotsOf(root, scene)));
  const [placed] = scenes.flat();
  const [take] = placed === undefined ? [] : await takeViews(root, placed);
  expect(take).toMatchObject({ mediaType: 'video/mp4', width: 64, height: 48, media: 'present' });
  expect(take?.duration).toBeCloseTo(0.5, 1);
  expect(basename(take?.path ?? '')).toBe('S01_S01_take01.mp4');
  expect(take?.poster).toBe(join(root, placed?.shot.folder ?? '', 'S01_S01_take01_b.jpg'));
  const inLfs = execFileSync('git', ['lfs', 'ls-files', '--name-only'], { cwd: root, encoding: 'utf8' });
  expect(
    inLfs
      .trim()
      .split('\n')
      .map((name) => basename(name)),
  ).toEqual(['S01_S01_take01.mp4', 'S01_S01_take01_b.jpg']);
  expect(await validateProject(root, { git: true })).toEqual([]);
});
