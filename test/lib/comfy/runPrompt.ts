import { createHash } from 'node:crypto';
import type { SavedFile } from './comfyDisk.ts';
import type { Executor, Item } from './executor.ts';
import { nodeClasses } from './nodeClasses.ts';
import { movie, png, preview } from './pictures.ts';
import { linkOf, upstream, type Graph } from './validatePrompt.ts';

export class Interrupted extends Error {
  said: object = {};
}

export class NodeFailed extends Error {
  readonly said: object;

  constructor(said: object) {
    super('node failed');
    this.said = said;
  }
}

/** Executes a prompt node by node, as `PromptExecutor` tells of it. */
export async function runPrompt(
  process: Executor,
  { id: prompt_id, graph, outputs: wanted }: Item,
  outputs: Record<string, object>,
): Promise<void> {
  process.message('execution_start', {});
  const order = [...new Set(wanted.flatMap((output) => upstream(graph, output)))];
  const cached = order.filter((id) => process.cache.has(signatureOf(graph, id)));
  process.message('execution_cached', { nodes: cached });
  const states: Record<string, object> = {};
  for (const id of order) {
    const ui = cached.includes(id)
      ? process.cache.get(signatureOf(graph, id))
      : await runNode(process, { id, graph, prompt_id, states, order });
    // What is kept of cached nodes lies behind the question whether there is a client.
    if (ui === undefined || ui === null || (cached.includes(id) && process.clientId === undefined)) continue;
    outputs[id] = ui;
    if (process.clientId !== undefined)
      process.send('executed', { node: id, display_node: id, output: ui, prompt_id });
  }
}

interface Running {
  readonly id: string;
  readonly graph: Graph;
  readonly prompt_id: string;
  readonly states: Record<string, object>;
  readonly order: readonly string[];
}

async function runNode(process: Executor, running: Running): Promise<object | null> {
  const { id, graph, prompt_id, order } = running;
  const class_type = graph[id]?.class_type ?? '';
  process.lastNode = id;
  if (process.clientId !== undefined) process.send('executing', { node: id, display_node: id, prompt_id });
  tell(process, running, { value: 0, max: 1, state: 'running' });
  const said = { node_id: id, node_type: class_type, executed: order.slice(0, order.indexOf(id)) };
  try {
    await process.passes(class_type);
    await runSteps(process, running);
    const ui = saved(process, running);
    fail(process, class_type);
    tell(process, running, { value: 1, max: 1, state: 'finished' });
    process.cache.set(signatureOf(graph, id), ui);
    return ui;
  } catch (error) {
    if (error instanceof Interrupted) error.said = said;
    if (!(error instanceof NodeThrew)) throw error;
    tell(process, running, { value: 0, max: 1, state: 'error' });
    throw new NodeFailed({
      ...said,
      exception_message: error.message,
      exception_type: error.type,
      traceback: ['  File "execution.py"'],
      current_inputs: {},
      current_outputs: [],
    });
  }
}

class NodeThrew extends Error {
  readonly type: string;

  constructor({ type, message }: { readonly type: string; readonly message: string }) {
    super(message);
    this.type = type;
  }
}

function fail(process: Executor, classType: string): void {
  const failure = process.scene.failures.get(classType);
  if (failure !== undefined) throw new NodeThrew(failure);
}

async function runSteps(process: Executor, running: Running): Promise<void> {
  const { id, graph, prompt_id } = running;
  const node = graph[id];
  if (node === undefined || nodeClasses[node.class_type]?.steps !== true) return;
  const max = Number(node.inputs['steps'] ?? 1);
  for (let value = 1; value <= max; value++) {
    await process.passes(`${node.class_type} step ${value}`);
    process.send('progress', { value, max, prompt_id, node: id });
    tell(process, running, { value, max, state: 'running' });
    process.sendPreview(preview(value / max, `step ${value} of ${prompt_id}`), id);
  }
}

function tell(
  process: Executor,
  { id, prompt_id, states }: Running,
  state: { readonly value: number; readonly max: number; readonly state: string },
): void {
  const ids = { node_id: id, display_node_id: id, real_node_id: id, parent_node_id: null };
  states[id] = { ...state, ...ids, prompt_id };
  process.send('progress_state', { prompt_id, nodes: states });
}

function saved(process: Executor, { id, graph }: Running): object | null {
  const node = graph[id];
  const saves = nodeClasses[node?.class_type ?? '']?.saves;
  if (node === undefined || saves === undefined) return null;
  const { key, extension, temp = false, animated = false } = saves;
  const word = signatureOf(graph, id);
  const { width, height } = sizeOf(graph, id);
  const content = extension === 'png' ? png(width, height, word) : movie(extension, word);
  const named = node.inputs['filename_prefix'];
  const prefix = typeof named === 'string' ? named : 'ComfyUI_temp';
  const type = temp ? 'temp' : 'output';
  const file = savedFile(() => process.disk.save(type, prefix, { extension, content }));
  return { [key]: [file], ...(animated ? { animated: [true] } : {}) };
}

function savedFile(save: () => SavedFile): SavedFile {
  try {
    return save();
  } catch (error) {
    throw new NodeThrew({ type: 'Exception', message: String(error) });
  }
}

function sizeOf(graph: Graph, id: string): { width: number; height: number } {
  const sized = upstream(graph, id)
    .map((one) => graph[one]?.inputs ?? {})
    .find((inputs) => typeof inputs['width'] === 'number');
  return { width: Number(sized?.['width'] ?? 8), height: Number(sized?.['height'] ?? 8) };
}

/** Two nodes of one signature give the same. */
function signatureOf(graph: Graph, id: string): string {
  const node = graph[id];
  const inputs = Object.entries(node?.inputs ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => {
      const from = linkOf(value);
      return [name, from === undefined ? value : [signatureOf(graph, from[0]), from[1]]];
    });
  return createHash('sha256')
    .update(JSON.stringify([node?.class_type, inputs]))
    .digest('hex');
}
