import type { Socket, Workflow } from '../../model/comfyuiDefinition.ts';
import { linked, literalOf, nodesOf, type Placed } from './links.ts';

type Role = 'positive' | 'negative';

/** What a node that turns words into a conditioning calls them: most one text, some models two. */
const texts = ['text', 'prompt', 'text_g', 'text_l', 'clip_l', 't5xxl', 'text_positive'];
/** Where a node that changes a conditioning takes it from. */
const conditionings = ['conditioning', 'conditioning_1', 'conditioning_to', 'cond', 'cond1', 'guider'];

export interface PromptSockets {
  readonly prompt: readonly Socket[];
  readonly negative: readonly Socket[];
}

/** Where the words of the picture go: behind the two conditionings of the first sampler or guider. */
export function promptSockets(workflow: Workflow): PromptSockets {
  for (const placed of nodesOf(workflow)) {
    if (!/sampler|guider/i.test(placed.node.class_type)) continue;
    const prompt = behindFirst(workflow, placed, ['positive', 'conditioning', 'cond1'], 'positive');
    if (prompt.length === 0) continue;
    const negative = behindFirst(workflow, placed, ['negative'], 'negative');
    return { prompt, negative: negative.filter((socket) => !prompt.some((one) => isSame(one, socket))) };
  }
  return unsampled(workflow);
}

/** Without a sampler, titles and order tell: people write the negative one second. */
function unsampled(workflow: Workflow): PromptSockets {
  const found = nodesOf(workflow).filter(({ node }) => /TextEncode|Prompt/i.test(node.class_type));
  const isNegative = ({ node }: Placed): boolean => /negative/i.test(node._meta?.title ?? '');
  const [prompt] = found.filter((one) => !isNegative(one)).map((one) => textsOf(workflow, one));
  const [negative] = found.filter(isNegative).map((one) => textsOf(workflow, one));
  return { prompt: prompt ?? [], negative: negative ?? [] };
}

function behindFirst(
  workflow: Workflow,
  placed: Placed,
  inputs: readonly string[],
  role: Role,
): readonly Socket[] {
  const start = inputs.map((input) => linked(workflow, placed, input)).find((one) => one !== undefined);
  return start === undefined ? [] : textBehind(workflow, start, role);
}

/** Walks up from a conditioning to the words; through a node that changes both, on its own side. */
function textBehind(workflow: Workflow, start: Placed, role: Role): readonly Socket[] {
  const seen = new Set<string>();
  let at: Placed | undefined = start;
  while (at !== undefined && !seen.has(at.id)) {
    seen.add(at.id);
    const found = textsOf(workflow, at);
    if (found.length > 0) return found;
    const here: Placed = at;
    at = [role, ...conditionings]
      .map((input) => linked(workflow, here, input))
      .find((one) => one !== undefined);
  }
  return [];
}

function textsOf(workflow: Workflow, placed: Placed): readonly Socket[] {
  return texts
    .map((input) => literalOf(workflow, placed, input, 'string'))
    .filter((socket) => socket !== undefined)
    .filter((socket, index, all) => all.findIndex((one) => isSame(one, socket)) === index);
}

function isSame(a: Socket, b: Socket): boolean {
  return a.node === b.node && a.input === b.input;
}
