import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const minute = 60_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/host/**', 'test/browser/**', 'test/cli/**', 'test/engine/**'],
          // Many of these wait for the real Git and its disk, on a machine that may be busy: one lane to each
          // processor, where Vitest leaves one out.
          maxWorkers: availableParallelism(),
          testTimeout: minute / 2,
          hookTimeout: minute / 2,
          setupFiles: ['test/lib/gitEnvironment.ts'],
          globalSetup: ['test/lib/filmsFolder.ts'],
          // What a file of tests changes for its process it puts back: loading all anew for each takes a minute.
          isolate: false,
          unstubEnvs: true,
        },
      },
      {
        test: {
          name: 'cli',
          environment: 'node',
          include: ['test/cli/**/*.test.ts'],
          maxWorkers: availableParallelism(),
          testTimeout: 2 * minute,
          hookTimeout: 2 * minute,
        },
      },
      {
        test: {
          // With a container engine of its own for each file, for which most of them wait most of the time.
          name: 'engine',
          environment: 'node',
          include: ['test/engine/**/*.test.ts'],
          maxWorkers: availableParallelism(),
          testTimeout: minute,
          hookTimeout: minute,
          setupFiles: ['test/lib/gitEnvironment.ts'],
          globalSetup: ['test/lib/filmsFolder.ts'],
        },
      },
      {
        test: {
          name: 'browser',
          // As long as Playwright is told to wait for what it looks for.
          expect: { poll: { timeout: minute / 2 } },
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 3 * minute,
          hookTimeout: 3 * minute,
        },
      },
    ],
  },
});
