import { nodeClasses, type InputType } from './nodeClasses.ts';

export type Graph = Readonly<
  Record<string, { readonly class_type: string; readonly inputs: Readonly<Record<string, unknown>> }>
>;

interface NodeError {
  readonly type: string;
  readonly message: string;
  readonly details: string;
  readonly extra_info: object;
}

export type NodeErrors = Record<
  string,
  { errors: NodeError[]; dependent_outputs: string[]; class_type: string }
>;

export type Validated =
  | { readonly ok: true; readonly outputs: readonly string[]; readonly nodeErrors: NodeErrors }
  | { readonly ok: false; readonly error: object; readonly nodeErrors: NodeErrors };

/** As `validate_prompt` does: a prompt with one good output is taken, and the others are named. */
export function validatePrompt(graph: Graph, inputFiles: readonly string[]): Validated {
  const unknown = Object.entries(graph).find(([, { class_type }]) => nodeClasses[class_type] === undefined);
  if (unknown !== undefined)
    return refused(
      'invalid_prompt',
      `Cannot execute because node ${unknown[1].class_type} does not exist.`,
      `Node ID '#${unknown[0]}'`,
    );
  const outputs = Object.keys(graph).filter((id) => classOf(graph, id)?.saves !== undefined);
  if (outputs.length === 0) return refused('prompt_no_outputs', 'Prompt has no outputs', '');
  const nodeErrors: NodeErrors = {};
  const good = outputs.filter((output) => {
    const bad = upstream(graph, output).filter((id) => {
      const errors = errorsOf(graph, id, inputFiles);
      const { class_type = '' } = graph[id] ?? {};
      if (errors.length > 0) nodeErrors[id] = { errors, dependent_outputs: [output], class_type };
      return errors.length > 0;
    });
    return bad.length === 0;
  });
  if (good.length > 0) return { ok: true, outputs: good, nodeErrors };
  return {
    ...refused('prompt_outputs_failed_validation', 'Prompt outputs failed validation', ''),
    nodeErrors,
  };
}

export function linkOf(value: unknown): readonly [string, number] | undefined {
  if (!Array.isArray(value) || value.length !== 2 || typeof value[1] !== 'number') return undefined;
  return [String(value[0]), value[1]];
}

/** The node and all that it depends on, each after what it depends on. */
export function upstream(graph: Graph, id: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(id) || graph[id] === undefined) return [];
  seen.add(id);
  const before = Object.values(graph[id].inputs).flatMap((value) => {
    const from = linkOf(value)?.[0];
    return from === undefined ? [] : upstream(graph, from, seen);
  });
  return [...before, id];
}

function classOf(graph: Graph, id: string) {
  return nodeClasses[graph[id]?.class_type ?? ''];
}

function refused(type: string, message: string, details: string): Validated & { ok: false } {
  return { ok: false, error: { type, message, details, extra_info: {} }, nodeErrors: {} };
}

function errorsOf(graph: Graph, id: string, inputFiles: readonly string[]): NodeError[] {
  const known = classOf(graph, id);
  const given = graph[id]?.inputs ?? {};
  return Object.entries(known?.inputs ?? {}).flatMap(([name, wanted]) => {
    const value = given[name];
    const error =
      value === undefined ? missing(name) : errorOfValue(graph, { name, value, wanted, inputFiles });
    return error === undefined ? [] : [error];
  });
}

interface Given {
  readonly name: string;
  readonly value: unknown;
  readonly wanted: InputType;
  readonly inputFiles: readonly string[];
}

function errorOfValue(graph: Graph, given: Given): NodeError | undefined {
  const { name, value, wanted } = given;
  const from = linkOf(value);
  if (from !== undefined) return errorOfLink(graph, from, given);
  switch (wanted.type) {
    case 'LINK':
      return nodeError(
        'bad_linked_input',
        'Bad linked input, must be a length-2 list of [node_id, slot_index]',
        given,
      );
    case 'STRING':
      return typeof value === 'object' ? invalidType(given) : undefined;
    case 'COMBO': {
      const options = wanted.options === 'input files' ? given.inputFiles : wanted.options;
      if (options.includes(String(value))) return undefined;
      const details = `${name}: '${String(value)}' not in [${options.map((one) => `'${one}'`).join(', ')}]`;
      return { ...nodeError('value_not_in_list', 'Value not in list', given), details };
    }
    case 'INT':
    case 'FLOAT': {
      const number = typeof value === 'object' ? Number.NaN : Number(value);
      if (Number.isNaN(number)) return invalidType(given);
      const { min, max } = wanted;
      if (number < min)
        return nodeError('value_smaller_than_min', `Value ${number} smaller than min of ${min}`, given);
      if (number > max)
        return nodeError('value_bigger_than_max', `Value ${number} bigger than max of ${max}`, given);
      return undefined;
    }
  }
}

function errorOfLink(
  graph: Graph,
  [from, slot]: readonly [string, number],
  given: Given,
): NodeError | undefined {
  const type = classOf(graph, from)?.output[slot];
  const { wanted } = given;
  const expected = wanted.type === 'LINK' ? wanted.of : wanted.type;
  return type === expected
    ? undefined
    : nodeError('return_type_mismatch', 'Return type mismatch between linked nodes', given);
}

function missing(name: string): NodeError {
  return {
    type: 'required_input_missing',
    message: 'Required input is missing',
    details: name,
    extra_info: { input_name: name },
  };
}

function invalidType(given: Given): NodeError {
  return nodeError(
    'invalid_input_type',
    `Failed to convert an input value to a ${given.wanted.type} value`,
    given,
  );
}

function nodeError(type: string, message: string, { name, value }: Given): NodeError {
  return { type, message, details: name, extra_info: { input_name: name, received_value: value } };
}
