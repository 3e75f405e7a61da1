import { basename } from 'node:path';
import * as z from 'zod';
import { JobId, ProjectId, ShotId } from '../../core/model/ids.ts';
import { CommitState, Failure, JobRequest, JobStatus } from '../../core/model/job.ts';
import { RelativePath } from '../../core/model/relativePath.ts';
import { Fallback, PipelineRef } from '../../core/model/take.ts';
import type { JobView } from '../../core/protocol/views.ts';

const RecordedTakeRow = z.object({ number: z.int().positive(), path: RelativePath, commit: CommitState });

/** What is shown of a request: kept beside it, because the whole is long and thousands are listed at once. */
const ShownRequest = z.object({
  projectId: ProjectId,
  projectName: z.string(),
  address: z.string(),
  pipeline: PipelineRef,
  fallback: z.optional(Fallback),
  seed: z.int(),
});
type Shown = Pick<JobView, 'projectId' | 'projectName' | 'address' | 'pipeline' | 'fallback' | 'seed'>;

/** What can still be told of a request that cannot be read as a whole. */
const Remains = z.object({
  projectId: z.catch(ProjectId, ProjectId.parse('unknown')),
  projectName: z.string().optional().catch(undefined),
  address: z.string().catch('?'),
  pipeline: PipelineRef.catch({ id: 'unknown', kind: 'storyboard', version: '0' }),
  seed: z.int().catch(0),
});

/**
 * One row of the table `jobs` without what was asked for, parsed as it leaves the database. The columns are the queue's
 * own; what one of them holds as JSON may be from another version or damaged, and such a row keeps no other from being
 * read.
 */
export const JobRow = z.object({
  seq: z.int(),
  id: JobId,
  project_root: z.string(),
  shot_id: ShotId,
  shown: z.string(),
  status: JobStatus,
  progress: z.number(),
  step: z.string(),
  submitted: z.string(),
  started: z.string().nullable(),
  finished: z.string().nullable(),
  attempt: z.int(),
  excused: z.int(),
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
  priority: z.int(),
  place: z.number(),
  batch: z.string().nullable(),
  vram: z.int(),
  engine: z.string().nullable(),
  device: z.string().nullable(),
  alone: z.int(),
  retried_by: z.nullable(JobId),
});
export type JobRow = z.infer<typeof JobRow>;

/** Where a row of before has no short form, the whole stands in for it. */
const shown = 'coalesce(shown, (SELECT request FROM requests WHERE requests.seq = jobs.seq)) AS shown';
export const jobColumns = `seq, id, project_root, shot_id, ${shown}, status, progress, step,
  submitted, started, finished, attempt, excused, deaths, token, holder_pid, holder_host, lease_until, delivered,
  quarantined, error, take, rev, priority, place, batch, vram, engine, device, alone, retried_by`;

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

export function readRequest(text: string): Read<JobRequest> {
  return read(text, JobRequest);
}

/** What is kept beside a request to be shown. */
export function shownOf({ projectId, panel, address, pipeline, fallback, seed }: JobRequest): Shown {
  const shown = { projectId, projectName: panel.project, address, pipeline, seed };
  return fallback === undefined ? shown : { ...shown, fallback };
}

function readShown({ shown, project_root: root }: JobRow): Shown {
  const short = read(shown, ShownRequest).value;
  if (short !== undefined) {
    const { fallback, ...rest } = short;
    return fallback === undefined ? rest : { ...rest, fallback };
  }
  const whole = read(shown, JobRequest).value;
  if (whole !== undefined) return shownOf(whole);
  return { ...(read(shown, Remains).value ?? Remains.parse({})), projectName: basename(root) };
}

/** What every face shows of a job; one that waits says why. */
export function jobView(row: JobRow, whyWaiting: (row: JobRow) => string): JobView {
  return {
    id: row.id,
    projectRoot: row.project_root,
    shotId: row.shot_id,
    ...readShown(row),
    status: row.status,
    progress: row.progress,
    step: row.step,
    submitted: row.submitted,
    ...(row.started === null ? {} : { started: row.started }),
    ...(row.finished === null ? {} : { finished: row.finished }),
    ...(row.status === 'pending' ? { waiting: whyWaiting(row) } : {}),
    priority: row.priority,
    place: row.place,
    ...(row.batch === null ? {} : { batch: row.batch }),
    ...(row.retried_by === null ? {} : { retriedBy: row.retried_by }),
    quarantined: row.quarantined === 1,
    ...(row.error === undefined ? {} : { error: row.error }),
    ...(row.take === undefined ? {} : { take: row.take }),
  };
}

/** The address of a job's shot, for a sentence. */
export function addressOf(row: JobRow): string {
  return readShown(row).address;
}
