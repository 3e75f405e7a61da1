import {
  workflowInputNames,
  type Socket,
  type Workflow,
  type WorkflowInputName,
  type WorkflowInputs,
} from '../../model/comfyuiDefinition.ts';
import { linked, literalOf, nodesOf, terminalNodes, type Placed } from './links.ts';
import { promptSockets } from './promptNodes.ts';

export interface ProposedMapping {
  readonly inputs: WorkflowInputs;
  /** The node to take the files from, where several show or save some and one of them is meant. */
  readonly output?: string;
  /** What has no place in the workflow. */
  readonly missing: readonly WorkflowInputName[];
  /** What was chosen among several, and should be looked at. */
  readonly notes: readonly string[];
}

/** Finds in a workflow where the values of a job go. */
export function proposeMapping(workflow: Workflow): ProposedMapping {
  const references = picturesLoaded(workflow);
  const terminal = terminalNodes(workflow);
  const saving = savingNodes(terminal);
  const found: Record<WorkflowInputName, readonly Socket[]> = {
    ...promptSockets(workflow),
    seed: everywhere(workflow, ['seed', 'noise_seed']),
    ...sizes(workflow),
    steps: everywhere(workflow, ['steps']),
    reference: references.slice(0, 1),
    filename: saving.map(({ id }) => ({ node: id, input: 'filename_prefix' })),
  };
  const [only, ...others] = saving;
  // Previews beside the one node that saves are not the take.
  const output = others.length === 0 && terminal.length > 1 ? only?.id : undefined;
  return {
    inputs: mappingOf(found),
    ...(output === undefined ? {} : { output }),
    missing: workflowInputNames.filter((name) => found[name].length === 0),
    notes: [
      ...(references.length > 1
        ? [
            `${references.length} nodes load a picture; only node ${references[0]?.node ?? ''} gets the reference.`,
          ]
        : []),
      ...(saving.length > 1 ? [`${saving.length} nodes save; the take gets the files of all of them.`] : []),
    ],
  };
}

function mappingOf(found: Record<WorkflowInputName, readonly Socket[]>): WorkflowInputs {
  const entries = workflowInputNames.flatMap((name) => {
    const [first, ...more] = found[name];
    if (first === undefined) return [];
    return [[name, more.length === 0 ? first : [...found[name]]] as const];
  });
  return Object.fromEntries(entries);
}

/** Each number of that name, or the primitive it is linked to: the passes of one picture share their seed. */
function everywhere(workflow: Workflow, names: readonly string[]): readonly Socket[] {
  return unique(
    nodesOf(workflow).flatMap((placed) =>
      names.map((name) =>
        Object.hasOwn(placed.node.inputs, name) ? literalOf(workflow, placed, name, 'number') : undefined,
      ),
    ),
  );
}

/** The size of what is painted on; a scheduler that depends on it gets it too. */
function sizes(workflow: Workflow): { width: readonly Socket[]; height: readonly Socket[] } {
  const painted = nodesOf(workflow).flatMap((placed) => {
    const latent = linked(workflow, placed, 'latent_image');
    return latent === undefined ? [] : [latent];
  });
  const others = nodesOf(workflow).filter(({ node }) =>
    /^Empty.*(Latent|Image)|^ModelSampling/i.test(node.class_type),
  );
  const sizedBy = [...painted, ...others];
  const of = (name: string) => unique(sizedBy.map((placed) => literalOf(workflow, placed, name, 'number')));
  const [width, height] = [of('width'), of('height')];
  return width.length === 0 || height.length === 0 ? { width: [], height: [] } : { width, height };
}

function picturesLoaded(workflow: Workflow): readonly Socket[] {
  return nodesOf(workflow)
    .filter(({ node }) => /^LoadImage(Output)?$/.test(node.class_type))
    .filter(({ node }) => typeof node.inputs['image'] === 'string')
    .map(({ id }) => ({ node: id, input: 'image' }));
}

function savingNodes(terminal: readonly Placed[]): readonly Placed[] {
  return terminal.filter(
    ({ node }) => typeof node.inputs['filename_prefix'] === 'string' && node.inputs['save_output'] !== false,
  );
}

function unique(sockets: readonly (Socket | undefined)[]): readonly Socket[] {
  const known = sockets.filter((socket) => socket !== undefined);
  return [...new Map(known.map((socket) => [`${socket.node} ${socket.input}`, socket])).values()];
}
