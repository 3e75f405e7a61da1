import type { WorkflowInputName, WorkflowInputs } from '../model/comfyuiDefinition.ts';

/** A workflow that ComfyUI has exported, and how it is to become a pipeline. */
export interface WorkflowWish {
  /** Where the file lies. */
  readonly workflow: string;
  readonly server?: string | undefined;
  /** The name of the workflow's file, unless said otherwise. */
  readonly id?: string | undefined;
}

/** The pipeline that a workflow becomes, and where the values of a job go in it. */
export interface WorkflowPipeline {
  readonly id: string;
  readonly server: string;
  readonly file: string;
  readonly workflowFile: string;
  readonly inputs: WorkflowInputs;
  /** The node whose files are the take, where several show or save some. */
  readonly output?: string;
  /** What has no place in the workflow. */
  readonly missing: readonly WorkflowInputName[];
  /** What was chosen among several, and should be looked at. */
  readonly notes: readonly string[];
}
