/** What a part is made from: the beats of the film, or the shots of the film or of one scene. */
export type PartSource = { readonly of: 'beats' } | { readonly of: 'shots'; readonly scene?: string };

const beginLine = /^<!-- auteur:begin (beats|shots)(?: ([A-Za-z0-9_-]{1,100}))? -->$/;
const anyMarker = /^<!-- auteur:(begin|end) .*-->$/;

/** Between these lines an update writes anew; what stands around them is the user's own. */
export function generatedPart(source: PartSource, body: readonly string[]): readonly string[] {
  const scene = source.of === 'shots' && source.scene !== undefined ? ` ${source.scene}` : '';
  return [`<!-- auteur:begin ${source.of}${scene} -->`, ...body, `<!-- auteur:end ${source.of} -->`];
}

interface Part {
  readonly source: PartSource;
  readonly first: number;
  readonly last: number;
}

/** What the generated part of a document is made from; undefined where it has none, or no longer just one. */
export function partSource(text: string): PartSource | undefined {
  return findPart(linesIn(text))?.source;
}

/** The document with its generated part written anew; undefined as `partSource`. */
export function replacePart(text: string, part: readonly string[]): string | undefined {
  const lines = linesIn(text);
  const found = findPart(lines);
  if (found === undefined) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  return mark + [...lines.slice(0, found.first), ...part, ...lines.slice(found.last + 1)].join(eol);
}

function linesIn(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/);
}

function findPart(lines: readonly string[]): Part | undefined {
  const markers = lines.flatMap((line, at) => (anyMarker.test(line.trim()) ? [at] : []));
  const [first, last, ...more] = markers;
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  const [, of, scene] = beginLine.exec((lines[first] ?? '').trim()) ?? [];
  if (of === undefined || (lines[last] ?? '').trim() !== `<!-- auteur:end ${of} -->`) return undefined;
  if (of === 'beats') return { source: { of }, first, last };
  return { source: { of: 'shots', ...(scene === undefined ? {} : { scene }) }, first, last };
}
