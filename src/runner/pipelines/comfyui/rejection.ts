import { AuteurError } from '../../../core/errors.ts';
import type { Workflow } from '../../../core/model/comfyuiDefinition.ts';
import { ExecutionError, type HistoryEntry, type Rejected } from './answers.ts';

const longest = 300;

/** Why a server did not take a workflow. */
export function rejectionFailure(
  { error, node_errors }: Rejected,
  { server, workflow }: { readonly server: string; readonly workflow: Workflow },
): AuteurError {
  // Before there was a type for it, only the sentence said so.
  const missing =
    error.type === 'missing_node_type'
      ? error.extra_info?.class_type
      : /node '?([^' ]+)'? does not exist/.exec(error.message)?.[1];
  if (missing !== undefined) return new AuteurError('comfyui-node-missing', { server, type: missing });
  const all = Object.entries(node_errors).flatMap(([node, { errors }]) =>
    errors.map((one) => ({ ...one, node: nodeName(workflow, node) })),
  );
  const absent = all.find(({ type }) => type === 'value_not_in_list');
  const value = absent?.extra_info?.received_value;
  if (absent !== undefined && typeof value === 'string')
    return new AuteurError('comfyui-model-missing', {
      ...{ server, node: absent.node, value },
      input: absent.extra_info?.input_name ?? '',
    });
  const [first] = all;
  const reason =
    first === undefined
      ? said([error.message || error.type, error.details])
      : `node ${first.node}: ${said([first.message || first.type, first.details])}`;
  return new AuteurError('comfyui-workflow-rejected', { reason });
}

/** Why a prompt ended without success; undefined where it did not. */
export function executionFailure({ status }: HistoryEntry, workflow: Workflow): AuteurError | undefined {
  const messages = status?.messages ?? [];
  const failed = messages.find(([event]) => event === 'execution_error');
  if (failed !== undefined) return nodeFailure(ExecutionError.parse(failed[1]), workflow);
  if (messages.some(([event]) => event === 'execution_interrupted'))
    return new AuteurError('comfyui-interrupted');
  if (status?.status_str === 'error')
    return new AuteurError('comfyui-node-failed', { node: '?', reason: 'the server does not say why' });
  return undefined;
}

function nodeFailure(
  {
    node_id = '',
    node_type = '',
    exception_type,
    exception_message,
  }: ReturnType<typeof ExecutionError.parse>,
  workflow: Workflow,
): AuteurError {
  const reason = said([exception_type, exception_message.trim()]);
  // The server adds its own advice to the message; the type carries the name of the class.
  const isMemory =
    /OutOfMemory/.test(exception_type) || /out of memory|Allocation on device/i.test(exception_message);
  if (isMemory) return new AuteurError('gpu-out-of-memory', { reason });
  const node = Object.hasOwn(workflow, node_id) ? nodeName(workflow, node_id) : `${node_id} (${node_type})`;
  return new AuteurError('comfyui-node-failed', { node, reason });
}

/** By its title, where it was given one. */
export function nodeName(workflow: Workflow, id: string): string {
  const node = workflow[id];
  if (node === undefined) return id;
  return `${id} (${node._meta?.title ?? node.class_type})`;
}

function said(parts: readonly string[]): string {
  const words = parts.filter((part) => part !== '').join(': ');
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}
