import type { CompositePrompt, PromptPart, PromptSource, PromptSpan } from '../../core/model/prompt.ts';
import type { Terminal } from '../terminal.ts';
import { table } from './table.ts';
import { oneLine } from './text.ts';

interface Shown {
  readonly address: string;
  readonly prompt: Omit<CompositePrompt, 'spans'>;
  readonly spans: readonly PromptSpan[];
}

const parts: readonly PromptPart[] = ['direct', 'identity', 'aesthetic', 'context', 'negative'];
const colours = {
  shot: 'cyan',
  scene: 'yellow',
  character: 'green',
  location: 'blue',
  style: 'magenta',
  beat: 'red',
} as const satisfies Record<PromptSource['kind'], string>;

/** The parts of a prompt that say something, each word in the colour of its source, and the sources. */
export function promptLines(terminal: Terminal, shown: Shown): readonly string[] {
  const rows = parts.flatMap((part) => {
    const words = shown.prompt[part];
    return words === '' ? [] : [[part, coloured(terminal, shown, part)] as const];
  });
  const text = [['text', oneLine(shown.prompt.text)] as const];
  return [
    terminal.paint('bold', shown.address),
    ...table([...rows, ...text]),
    ...sourceLines(terminal, shown.spans),
  ];
}

function coloured(terminal: Terminal, { prompt, spans }: Shown, part: PromptPart): string {
  const own = spans.filter((span) => span.part === part);
  if (own.length === 0) return oneLine(prompt[part]);
  return own
    .map(({ text, source }) =>
      source === undefined ? flat(text) : terminal.paint(colours[source.kind], flat(text)),
    )
    .join('');
}

/** On one line, with the spaces around it that join it to its neighbours. */
function flat(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
}

/** Where the words come from; the same source once. */
function sourceLines(terminal: Terminal, spans: readonly PromptSpan[]): readonly string[] {
  const fields = new Map<string, { kind: PromptSource['kind']; fields: Set<string> }>();
  for (const { source } of spans) {
    if (source === undefined) continue;
    const name = [source.kind, source.address ?? source.name ?? source.id].join(' ');
    const known = fields.get(name) ?? { kind: source.kind, fields: new Set() };
    fields.set(name, { ...known, fields: known.fields.add(source.field) });
  }
  if (fields.size === 0) return [];
  const rows = [...fields].map(([name, { kind, fields: named }]) => [
    `  ${terminal.paint(colours[kind], oneLine(name))}`,
    [...named].join(', '),
  ]);
  return ['from', ...table(rows)];
}
