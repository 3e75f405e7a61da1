import * as z from 'zod';
import type { Workflow } from '../../../core/model/comfyuiDefinition.ts';
import type { PipelineProgress } from '../../../core/ports/pipeline.ts';
import { CachedNodes } from './answers.ts';
import type { ServerEvent } from './frames.ts';

const NodeId = z.string().nullish();
const Executing = z.looseObject({ node: NodeId, display_node: NodeId });
const Progress = z.looseObject({ node: NodeId, value: z.number(), max: z.number() });
const NodeState = z.looseObject({
  value: z.number(),
  max: z.number(),
  state: z.string(),
  display_node_id: NodeId,
});
const ProgressState = z.looseObject({ nodes: z.record(z.string(), NodeState) });
const Executed = z.looseObject({ node: NodeId, display_node: NodeId });

/** A sampler takes as long as all the rest of a workflow, or longer. */
const samplerWeight = 10;

/** How far a prompt is, from what its server says of its nodes: each counts, a sampler more. */
export class PromptProgress {
  readonly #workflow: Workflow;
  readonly #total: number;
  /** Of each node, how much of it is done. */
  readonly #done = new Map<string, number>();
  #step = 'running';
  #shown = 0;

  constructor(workflow: Workflow) {
    this.#workflow = workflow;
    this.#total = Object.values(workflow).reduce((sum, { class_type }) => sum + weightOf(class_type), 0);
  }

  /** What is known after an event; undefined where it says nothing of progress. */
  apply({ type, data }: ServerEvent): PipelineProgress | undefined {
    const isProgress = this.#take(type, data);
    if (!isProgress) return undefined;
    const done = [...this.#done].reduce(
      (sum, [id, part]) => sum + part * weightOf(this.#workflow[id]?.class_type ?? ''),
      0,
    );
    // It never goes back, whatever comes late.
    this.#shown = Math.max(this.#shown, Math.min(1, done / this.#total));
    return { progress: this.#shown, step: this.#step };
  }

  #take(type: string, data: unknown): boolean {
    switch (type) {
      case 'execution_cached':
        for (const id of CachedNodes.safeParse(data).data?.nodes ?? []) this.#finish(id);
        return true;
      case 'executing':
        return this.#executing(Executing.safeParse(data).data);
      case 'progress':
        return this.#progress(Progress.safeParse(data).data);
      case 'progress_state':
        return this.#state(ProgressState.safeParse(data).data);
      case 'executed': {
        const executed = Executed.safeParse(data).data;
        return this.#finish(executed?.node, executed?.display_node);
      }
      default:
        return false;
    }
  }

  #executing(data: z.infer<typeof Executing> | undefined): boolean {
    const id = this.#known(data?.node, data?.display_node);
    if (id === undefined) return false;
    // The nodes run one after another: the one before is done.
    for (const [other, part] of this.#done) if (other !== id && part < 1) this.#done.set(other, 1);
    this.#done.set(id, this.#done.get(id) ?? 0);
    this.#step = this.#nameOf(id);
    return true;
  }

  #progress(data: z.infer<typeof Progress> | undefined): boolean {
    const id = this.#known(data?.node);
    if (id === undefined || data === undefined) return false;
    this.#partOf(id, data);
    return true;
  }

  #state(data: z.infer<typeof ProgressState> | undefined): boolean {
    for (const [id, state] of Object.entries(data?.nodes ?? {})) {
      const known = this.#known(id, state.display_node_id);
      if (known === undefined) continue;
      // A node that was replaced by several is not done when the first of them is.
      if (state.state === 'finished' && known === id) this.#done.set(known, 1);
      else if (state.state === 'running') this.#partOf(known, state);
    }
    return data !== undefined;
  }

  #partOf(id: string, { value, max }: { readonly value: number; readonly max: number }): void {
    const part = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
    this.#done.set(id, Math.max(part, this.#done.get(id) ?? 0));
    this.#step = max > 1 ? `${this.#nameOf(id)}, ${value} of ${max}` : this.#nameOf(id);
  }

  #finish(...ids: readonly (string | null | undefined)[]): boolean {
    const id = this.#known(...ids);
    if (id !== undefined) this.#done.set(id, 1);
    return id !== undefined;
  }

  /** Nodes that a server makes while it runs stand for one of the workflow. */
  #known(...ids: readonly (string | null | undefined)[]): string | undefined {
    return ids.find((id) => typeof id === 'string' && Object.hasOwn(this.#workflow, id)) ?? undefined;
  }

  #nameOf(id: string): string {
    const node = this.#workflow[id];
    return (node?._meta?.title ?? node?.class_type ?? id).slice(0, 100);
  }
}

function weightOf(classType: string): number {
  return /sampler/i.test(classType) && !/select|schedul/i.test(classType) ? samplerWeight : 1;
}
