import { basename } from 'node:path';
import * as z from 'zod';
import { JobId, ProjectId, ShotId } from '../../core/model/ids.ts';
import { CommitState, Failure, JobRequest, JobStatus } from '../../core/model/job.ts';
import { RelativePath } from '../../core/model/relativePath.ts';
import { PipelineRef } from '../../core/model/take.ts';
import type { JobView } from '../../core/protocol/views.ts';

const RecordedTakeRow = z.object({ number: z.int().positive(), path: RelativePath, commit: CommitState });

/**
 * One row of the table `jobs`, parsed as it leaves the database. The columns are the queue's own; what a request or a
 * result holds may be from another version or damaged, and such a row keeps no other from being read.
 */
export const JobRow = z.object({
  seq: z.int(),
  id: JobId,
  project_root: z.string(),
  shot_id: ShotId,
  request: z.string().transform((text) => ({ text, ...read(text, JobRequest) })),
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
    .transform((text) => (text === null ? undefined : read(text, Failure).value)),
  take: z
    .string()
    .nullable()
    .transform((text) => (text === null ? undefined : read(text, RecordedTakeRow).value)),
  rev: z.int(),
});
export type JobRow = z.infer<typeof JobRow>;

type Read<T> =
  | { readonly value: T; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

function read<T>(text: string, schema: z.ZodType<T>): Read<T> {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success) return { value: parsed.data };
    const [issue] = parsed.error.issues;
    return { problem: `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'wrong shape'}` };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: error.message };
  }
}

/** What every face shows of a job. */
export function jobView(row: JobRow): JobView {
  return {
    id: row.id,
    projectRoot: row.project_root,
    shotId: row.shot_id,
    ...shownRequest(row),
    status: row.status,
    progress: row.progress,
    step: row.step,
    submitted: row.submitted,
    ...(row.started === null ? {} : { started: row.started }),
    ...(row.finished === null ? {} : { finished: row.finished }),
    ...(row.status === 'pending' ? { waiting: waitingReason(row) } : {}),
    quarantined: row.quarantined === 1,
    ...(row.error === undefined ? {} : { error: row.error }),
    ...(row.take === undefined ? {} : { take: row.take }),
  };
}

type ShownRequest = Pick<JobView, 'projectId' | 'projectName' | 'address' | 'pipeline' | 'fallback' | 'seed'>;

function shownRequest({ request, project_root: root }: JobRow): ShownRequest {
  if (request.value === undefined) {
    return { ...(read(request.text, Remains).value ?? Remains.parse({})), projectName: basename(root) };
  }
  const { projectId, panel, address, pipeline, fallback, seed } = request.value;
  const shown = { projectId, projectName: panel.project, address, pipeline, seed };
  return fallback === undefined ? shown : { ...shown, fallback };
}

/** What can still be told of a request that cannot be read as a whole. */
const Remains = z.object({
  projectId: z.catch(ProjectId, ProjectId.parse('unknown')),
  address: z.string().catch('?'),
  pipeline: PipelineRef.catch({ id: 'unknown', kind: 'storyboard', version: '0' }),
  seed: z.int().catch(0),
});

function waitingReason({ deaths }: JobRow): string {
  if (deaths > 0) return 'The program that ran it ended; it is taken up again.';
  return 'It starts as soon as a place is free.';
}
