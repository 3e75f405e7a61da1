import type { ThreadDocuments } from '../../src/extension/studioWorker.ts';

/** Of a window in which nothing is open. */
export const noDocuments = (): ThreadDocuments => ({
  news: () => [],
  replace: () => Promise.resolve(false),
  dispose: () => undefined,
});
