import type {
  BatchView,
  FromProgressPage,
  JobPictures,
  ProgressSnapshot,
  ProgressWords,
  ToProgressPage,
} from '../../core/protocol/progressPage.ts';
import type { JobView } from '../../core/protocol/views.ts';
import type { Host } from '../lib/host.ts';

// `.svelte` files take their types from here: the layer check does not see type imports in them.
export type { BatchView, JobPictures, ProgressSnapshot, ProgressWords };
export type Job = JobView;
export type ProgressHost = Host<FromProgressPage, ToProgressPage>;

/** What a row can ask for. */
export interface RowActions {
  cancel(job: Job): void;
  cancelBatch(job: Job): void;
  moveToTop(job: Job): void;
  retry(job: Job): void;
  open(job: Job): void;
  showLog(job: Job): void;
}
