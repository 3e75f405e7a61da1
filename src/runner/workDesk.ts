import type { GitStatus } from '../core/protocol/gitStatus.ts';
import type { DoctorCheck } from '../core/protocol/views.ts';
import type { WorkRequest, WorkResult } from '../core/protocol/work.ts';
import { filmStatus } from '../core/storage/repository/filmStatus.ts';
import { requireDeletable } from '../core/storage/wholeProject/trashProject.ts';
import { lfsChecks } from './doctor/lfsChecks.ts';
import { ReadingDesk, type DeskOptions } from './readingDesk.ts';
import { Works } from './works.ts';

/** The side of the studio that is about films as a whole: longer work, and where they stand in Git. */
export class WorkDesk extends ReadingDesk {
  readonly #works: Works;
  readonly onWork: Works['onWork'];

  constructor(options: DeskOptions) {
    super(options);
    const commits = options.edits === 'commit';
    this.#works = new Works({ commits, hasJobs: (root) => this.hasJobs(root) });
    this.onWork = this.#works.onWork;
  }

  async work(id: string, request: WorkRequest): Promise<WorkResult> {
    this.requireTrust();
    return this.#works.work(id, request);
  }

  cancelWork(id: string): Promise<void> {
    return this.#works.cancelWork(id);
  }

  async gitStatus(root: string): Promise<GitStatus> {
    this.requireTrust();
    return filmStatus(root);
  }

  async lfsHealth(root: string): Promise<readonly DoctorCheck[]> {
    this.requireTrust();
    return lfsChecks(root);
  }

  async requireDeletable(root: string, name: string): Promise<void> {
    this.requireTrust();
    await requireDeletable({ root, name, isBusy: () => this.hasJobs(root) });
  }

  /** Whether takes of the film wait or are being made; a desk alone has no jobs. */
  protected hasJobs: (root: string) => Promise<boolean> = () => Promise.resolve(false);

  protected stopWorks(): Promise<void> {
    return this.#works.stop();
  }
}
