import type { BeatText } from './filmText.ts';
import { generatedPart } from './generatedPart.ts';
import { joinBlocks, markdownTable, markdownText } from './markdown.ts';

const barLength = 10;

/** Where the feeling of the film rises and falls, made from its emotional beats; the notes below are the user's. */
export function beatSheetText(title: string, beats: readonly BeatText[]): string {
  return joinBlocks([`# ${markdownText(title)}`, beatPart(beats).join('\n'), '## Notes']);
}

export function beatPart(beats: readonly BeatText[]): readonly string[] {
  const sorted = [...beats].sort((one, other) => one.position - other.position);
  const rows = sorted.map(({ name, description = '', position, intensity, boundTo = '' }) => [
    percent(position),
    markdownText(name),
    markdownText(description),
    bar(intensity),
    markdownText(boundTo),
  ]);
  const table = markdownTable(['At', 'Beat', 'What happens', 'Intensity', 'In'], rows);
  return generatedPart({ of: 'beats' }, rows.length === 0 ? ['The film has no emotional beats.'] : table);
}

function percent(share: number): string {
  return `${String(Math.round(share * 100))} %`;
}

function bar(intensity: number): string {
  const full = Math.round(intensity * barLength);
  return `${'█'.repeat(full)}${'░'.repeat(barLength - full)} ${percent(intensity)}`;
}
