import { randomUUID } from 'node:crypto';
import { Emitter } from '../core/events.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { AuteurEvent, Envelope } from '../core/protocol/events.ts';
import type { JobView } from '../core/protocol/views.ts';

/** Numbers events and turns changes of jobs into the events that tell of them. */
export class StudioEvents {
  readonly #emitter = new Emitter<Envelope>();
  readonly onEvent = this.#emitter.event;
  readonly #epoch = randomUUID();
  readonly #lastStatus = new Map<string, string>();
  #seq = 0;

  emit(projectId: ProjectId, event: AuteurEvent): void {
    this.#emitter.fire({
      seq: this.#seq++,
      epoch: this.#epoch,
      time: new Date().toISOString(),
      projectId,
      event,
    });
  }

  jobsChanged(jobs: readonly JobView[]): void {
    for (const job of jobs) {
      for (const event of this.#eventsOf(job)) this.emit(job.projectId, event);
    }
  }

  dispose(): void {
    this.#emitter.dispose();
  }

  #eventsOf(job: JobView): AuteurEvent[] {
    const before = this.#lastStatus.get(job.id);
    const moved = before !== job.status;
    this.#lastStatus.set(job.id, job.status);
    const task = { taskId: job.id, nodeId: job.shotId };
    const progress: AuteurEvent = {
      type: 'task_progress',
      ...task,
      progress: job.progress,
      step: job.step,
      status: job.status,
    };
    if (!moved) return job.status === 'running' ? [progress] : takeChanged(job);
    const update: AuteurEvent = { type: 'job_update', ...task, status: job.status };
    return [update, ...endOrProgress(job, progress)];
  }
}

function endOrProgress(job: JobView, progress: AuteurEvent): AuteurEvent[] {
  const task = { taskId: job.id, nodeId: job.shotId };
  const state = (to: 'idle' | 'generating' | 'completed' | 'error'): AuteurEvent => ({
    type: 'node_state_updated',
    nodeId: job.shotId,
    state: to,
  });
  switch (job.status) {
    case 'pending':
      return [state('idle')];
    case 'running':
      return [state('generating'), progress];
    case 'cancelled':
      return [progress, state('idle')];
    case 'error':
      return job.error === undefined
        ? []
        : [{ type: 'task_failed', ...task, error: job.error }, state('error')];
    case 'completed':
      return job.take === undefined ? [] : [...takeEvents(job, job.take), state('completed')];
  }
}

function takeEvents(job: JobView, { path, number }: NonNullable<JobView['take']>): AuteurEvent[] {
  return [
    { type: 'take_created', nodeId: job.shotId, shotId: job.shotId, takePath: path, takeNumber: number },
    {
      type: 'task_success',
      taskId: job.id,
      nodeId: job.shotId,
      result: {
        outputPath: path,
        metadata: { takeNumber: number, seed: job.seed, pipeline: job.pipeline.id },
      },
    },
  ];
}

/** Recorded first, committed a moment later. */
function takeChanged(job: JobView): AuteurEvent[] {
  return job.take === undefined ? [] : [{ type: 'take_updated', shotId: job.shotId, takeId: job.id }];
}
