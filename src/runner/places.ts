import { availableParallelism } from 'node:os';

/** As many takes at once as this machine draws well. */
export const defaultConcurrency = Math.max(1, Math.min(2, availableParallelism()));
