import * as z from 'zod';
import { CommitState, Failure, JobRequest, JobStatus } from '../../core/model/job.ts';
import { RelativePath } from '../../core/model/relativePath.ts';
import type { JobView } from '../../core/protocol/views.ts';

/** One row of the table `jobs`, parsed as it leaves the database. */
export const JobRow = z.object({
  seq: z.int(),
  request: z.string().transform((text) => JobRequest.parse(JSON.parse(text))),
  status: JobStatus,
  progress: z.number(),
  step: z.string(),
  submitted: z.string(),
  started: z.string().nullable(),
  finished: z.string().nullable(),
  attempt: z.int(),
  deaths: z.int(),
  token: z.int(),
  holder_pid: z.int().nullable(),
  holder_host: z.string().nullable(),
  lease_until: z.int().nullable(),
  delivered: z.int(),
  quarantined: z.int(),
  error: z
    .string()
    .nullable()
    .transform((text) => (text === null ? undefined : Failure.parse(JSON.parse(text)))),
  take: z
    .string()
    .nullable()
    .transform((text) => (text === null ? undefined : RecordedTakeRow.parse(JSON.parse(text)))),
  rev: z.int(),
});
export type JobRow = z.infer<typeof JobRow>;

const RecordedTakeRow = z.object({ number: z.int().positive(), path: RelativePath, commit: CommitState });

/** What every face shows of a job. */
export function jobView(row: JobRow): JobView {
  const { request } = row;
  return {
    id: request.id,
    projectId: request.projectId,
    projectRoot: request.projectRoot,
    projectName: request.panel.project,
    shotId: request.shotId,
    address: request.address,
    status: row.status,
    progress: row.progress,
    step: row.step,
    pipeline: request.pipeline,
    ...(request.fallback === undefined ? {} : { fallback: request.fallback }),
    seed: request.seed,
    submitted: row.submitted,
    ...(row.started === null ? {} : { started: row.started }),
    ...(row.finished === null ? {} : { finished: row.finished }),
    ...(row.status === 'pending' ? { waiting: waitingReason(row) } : {}),
    quarantined: row.quarantined === 1,
    ...(row.error === undefined ? {} : { error: row.error }),
    ...(row.take === undefined ? {} : { take: row.take }),
  };
}

function waitingReason({ deaths }: JobRow): string {
  if (deaths > 0) return 'The program that ran it ended; it is taken up again.';
  return 'It starts as soon as a place is free.';
}
