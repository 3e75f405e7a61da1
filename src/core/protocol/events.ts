import * as z from 'zod';
import { JobId, ProjectId } from '../model/ids.ts';
import { AssetCategory } from '../model/project.ts';
import { Failure, JobStatus } from '../model/job.ts';

const nodeId = z.string();
const taskId = JobId;

/** Every notice that crosses a process, thread or frame. Unknown types are ignored by whoever reads them. */
export const AuteurEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start_generation'),
    nodeId,
    nodeType: z.string(),
    parameters: z.record(z.string(), z.json()),
  }),
  z.object({
    type: z.literal('task_progress'),
    taskId,
    nodeId,
    progress: z.number().min(0).max(1),
    step: z.string(),
    status: JobStatus,
  }),
  z.object({
    type: z.literal('task_success'),
    taskId,
    nodeId,
    result: z.object({ outputPath: z.string(), metadata: z.record(z.string(), z.json()) }),
  }),
  z.object({ type: z.literal('task_failed'), taskId, nodeId, error: Failure }),
  z.object({
    type: z.literal('take_created'),
    nodeId,
    shotId: z.string(),
    takePath: z.string(),
    takeNumber: z.int().positive(),
  }),
  z.object({ type: z.literal('take_updated'), shotId: z.string(), takeId: z.optional(JobId) }),
  z.object({ type: z.literal('job_update'), taskId, nodeId, status: JobStatus }),
  z.object({
    type: z.literal('node_state_updated'),
    nodeId,
    state: z.enum(['idle', 'generating', 'completed', 'error']),
  }),
  z.object({ type: z.literal('project_update'), projectId: ProjectId, changes: z.array(z.string()) }),
  z.object({ type: z.literal('asset_added'), category: AssetCategory, asset: z.string() }),
  z.object({ type: z.literal('asset_updated'), category: AssetCategory, asset: z.string() }),
  z.object({ type: z.literal('asset_removed'), category: AssetCategory, asset: z.string() }),
  z.object({
    type: z.literal('takes_indexed'),
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
  }),
  z.object({
    type: z.literal('import_progress'),
    importId: z.string(),
    /** Files, and bytes of all of them. */
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
    bytes: z.number().nonnegative(),
    totalBytes: z.number().nonnegative(),
    name: z.string(),
  }),
  z.object({ type: z.literal('problems_changed') }),
  z.object({ type: z.literal('narrative_structure_changed'), projectId: ProjectId, structure: z.string() }),
  z.object({
    type: z.literal('creative_document_updated'),
    projectId: ProjectId,
    documentType: z.string(),
    path: z.string(),
  }),
  z.object({ type: z.literal('selection_change'), targetType: z.string(), targetId: z.string() }),
  z.object({ type: z.literal('panel_resize'), panel: z.string(), width: z.number() }),
]);
export type AuteurEvent = z.infer<typeof AuteurEvent>;

/** An event with its place in the stream: `seq` grows by one within an `epoch`, so a gap can be seen. */
export const Envelope = z.object({
  seq: z.int().nonnegative(),
  epoch: z.string(),
  time: z.iso.datetime(),
  projectId: ProjectId,
  event: AuteurEvent,
});
export type Envelope = z.infer<typeof Envelope>;
