import type { Socket, Workflow, WorkflowNode } from '../../model/comfyuiDefinition.ts';

/** One node of a workflow, by its id. */
export interface Placed {
  readonly id: string;
  readonly node: WorkflowNode;
}

export function nodesOf(workflow: Workflow): readonly Placed[] {
  return Object.entries(workflow)
    .map(([id, node]) => ({ id, node }))
    .sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

/** The node that an input is linked to; undefined where it holds a value of its own. */
export function linked(workflow: Workflow, { node }: Placed, input: string): Placed | undefined {
  const value = node.inputs[input];
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [from, slot] = value;
  if (typeof slot !== 'number' || (typeof from !== 'string' && typeof from !== 'number')) return undefined;
  const id = String(from);
  const found = workflow[id];
  return found === undefined ? undefined : { id, node: found };
}

/** What a node that does nothing but hold a value calls it. */
const primitives = ['value', 'string', 'text', 'int', 'number'];

/** Where the value of an input stands: there, or in the primitive node that it is linked to. */
export function literalOf(
  workflow: Workflow,
  placed: Placed,
  input: string,
  type: 'string' | 'number',
): Socket | undefined {
  let [at, name] = [placed, input];
  // Links may go round.
  for (let steps = 0; steps < 10; steps++) {
    if (typeof at.node.inputs[name] === type) return { node: at.id, input: name };
    const next = linked(workflow, at, name);
    const inner = next && [name, ...primitives].find((one) => Object.hasOwn(next.node.inputs, one));
    if (next === undefined || inner === undefined) return undefined;
    [at, name] = [next, inner];
  }
  return undefined;
}

/** The nodes whose results nothing takes: they show or save. */
export function terminalNodes(workflow: Workflow): readonly Placed[] {
  const nodes = nodesOf(workflow);
  const taken = new Set(
    nodes.flatMap((placed) =>
      Object.keys(placed.node.inputs).map((input) => linked(workflow, placed, input)?.id),
    ),
  );
  return nodes.filter(({ id }) => !taken.has(id));
}
