export interface FountainRead {
  readonly headings: string[];
  readonly numbers: string[];
  readonly sections: string[];
  readonly actions: string[];
  readonly speeches: { cue: string; words: string[] }[];
}

const heading = /^(?:\.(?=[^.])|(?=(?:int|ext|est|int\.?\/ext|i\/e)[. ]))(.*?)(?:\s+#([A-Za-z0-9.-]+)#)?$/i;

/**
 * A small reader of Fountain, after the words of fountain.io/syntax: boneyards and notes go first, then paragraphs are
 * told apart by how they begin.
 */
export function readFountain(text: string): FountainRead {
  const read: FountainRead = { headings: [], numbers: [], sections: [], actions: [], speeches: [] };
  const body = text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\[\[[\s\S]*?\]\]/g, '')
    .split(/\n\n+/)
    .slice(1);
  for (const paragraph of body) {
    const lines = paragraph.split('\n').filter((line) => line !== '');
    const [first = ''] = lines;
    const slug = heading.exec(first);
    if (first === '' || first.startsWith('=')) continue;
    if (first.startsWith('#')) read.sections.push(first.replace(/^#+\s*/, ''));
    else if (slug !== null) {
      read.headings.push(slug[1] ?? '');
      read.numbers.push(slug[2] ?? '');
    } else if (isCue(first) && lines.length > 1)
      read.speeches.push({ cue: first.replace(/^@/, ''), words: lines.slice(1) });
    else read.actions.push(first);
  }
  return read;
}

function isCue(line: string): boolean {
  if (line.startsWith('@')) return true;
  return /^[A-Z]/.test(line) && line === line.toUpperCase() && !line.startsWith('!') && !line.endsWith('TO:');
}
