import { AuteurError, toFailure } from '../../core/errors.ts';
import type { JobId, ShotId } from '../../core/model/ids.ts';
import type { CommitState, Failure } from '../../core/model/job.ts';
import type { AfterFailure, Outcome } from '../../core/ports/jobQueue.ts';
import type { JobView, RecordedTake } from '../../core/protocol/views.ts';
import { now, QueueBase } from './queueBase.ts';

/** A job that is drawn again and again is ended, rather than tried for ever. */
export const attemptsAllowed = 8;
const ifDelivered = "WHERE id = ? AND delivered = 1 AND status = 'running'";

/** Of jobs that wait to be recorded, those with an error may be cancelled, unless that keeps a number. */
export const keepsNumber = `error LIKE '{"keeps":"number"%'`;

/** The recorder's side of the queue: from a delivered output to a take in Git. */
export class RecordingQueue extends QueueBase {
  outcome(id: JobId): Outcome {
    const standing = this.table.standing(id);
    if (standing === undefined) return 'unknown';
    const { status, delivered } = standing;
    return status === 'running' && delivered === 1 ? 'delivered' : status;
  }

  deliveredJobs(root: string): readonly JobId[] {
    return this.table.select("status = 'running' AND delivered = 1", [root]).map(({ id }) => id);
  }

  beginRecording(id: JobId): boolean {
    const standing = this.table.standing(id);
    // Only what was tried before can be cancelled: then nothing need be written for the others.
    if (standing?.status === 'running' && standing.delivered === 1 && standing.error === null) return true;
    return this.run(`UPDATE jobs SET error = NULL ${ifDelivered}`, id) === 1;
  }

  redo(id: JobId, reason: string): void {
    const row = this.table.find(id);
    const attempts = row === undefined ? 0 : row.attempt - row.excused;
    if (attempts >= attemptsAllowed) {
      const error = new AuteurError('output-invalid', { reason: `${reason} (${attempts} times)` });
      this.recordingFailed(id, toFailure(error), 'ends');
      return;
    }
    const again = "status = 'pending', delivered = 0, token = token + 1, progress = 0, step = ''";
    this.write((rev) => this.run(`UPDATE jobs SET ${again}, rev = ? ${ifDelivered}`, rev, id));
  }

  recordingFailed(id: JobId, failure: Failure, then: AfterFailure): void {
    const ends = then === 'ends';
    const set = ends ? "status = 'error', finished = ?" : 'step = ?';
    const value = ends ? now() : failure.message;
    const error = JSON.stringify(
      then === 'waits with its number' ? { keeps: 'number', ...failure } : failure,
    );
    this.write((rev) =>
      this.run(`UPDATE jobs SET ${set}, error = ?, rev = ? ${ifDelivered}`, value, error, rev, id),
    );
  }

  recorded(id: JobId, take: RecordedTake): void {
    const done = "status = 'completed', progress = 1, step = '', lease_until = NULL, error = NULL";
    const pending = take.commit.state === 'pending' ? 1 : 0;
    this.write((rev) =>
      this.run(
        `UPDATE jobs SET ${done}, take = ?, commit_pending = ?, finished = ?, rev = ? WHERE id = ? AND status = 'running'`,
        ...[JSON.stringify(take), pending, now(), rev, id],
      ),
    );
  }

  committed(ids: readonly JobId[], commit: CommitState): void {
    const pending = commit.state === 'pending' ? 1 : 0;
    this.write((rev) => {
      for (const id of ids) {
        const row = this.table.find(id);
        if (row?.take === undefined) continue;
        const take = JSON.stringify({ ...row.take, commit });
        this.run(
          'UPDATE jobs SET take = ?, commit_pending = ?, rev = ? WHERE seq = ?',
          take,
          pending,
          rev,
          row.seq,
        );
      }
    });
  }

  openShots(root: string): ReadonlyMap<ShotId, number> {
    return this.table.openShots(root);
  }

  hasWork(root: string): boolean {
    return this.table.isOpen(root);
  }

  activeRoots(): readonly string[] {
    return this.table.roots("status IN ('pending', 'running') OR commit_pending = 1");
  }

  commitPending(root: string): readonly JobView[] {
    return this.views(this.table.select('commit_pending = 1', [root]));
  }
}
