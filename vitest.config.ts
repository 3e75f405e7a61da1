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
          exclude: ['test/host/**', 'test/browser/**', 'test/cli/**'],
          // Many of these drive the real Git on a machine that may be busy.
          testTimeout: minute / 2,
          hookTimeout: minute / 2,
          setupFiles: ['test/lib/gitEnvironment.ts'],
        },
      },
      {
        test: {
          name: 'cli',
          environment: 'node',
          include: ['test/cli/**/*.test.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 2 * minute,
          hookTimeout: 2 * minute,
        },
      },
      {
        test: {
          name: 'browser',
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
