import type { FixedTakes, MergeNote, MergePlace, MergeValue } from '../../core/protocol/fixedTakes.ts';
import { oneLine, plural } from './text.ts';

/** What `validate --fix` has done, and what is the user's to do. */
export function fixedLines(fixed: FixedTakes): readonly string[] {
  const { merged, notes, renumbered, unmerged } = fixed;
  if (merged.length + renumbered.length + unmerged.length + notes.length === 0) return [];
  return [
    ...merged.map((path) => `${path}: merged.`),
    ...notes.map(noteLine),
    ...renumbered.map(({ folder, from, to }) => `${folder}: the later take ${from} is take ${to} now.`),
    ...nextStep(fixed),
  ].map(oneLine);
}

function nextStep({ operation, unmerged, merged }: FixedTakes): readonly string[] {
  if (unmerged.length > 0) {
    const paths = unmerged.map(({ path }) => path).join(', ');
    return [`Git still has ${plural(unmerged.length, 'unmerged file')}: ${paths}.`];
  }
  if (operation === undefined) return merged.length > 0 ? ['What was merged is staged.'] : [];
  const next =
    operation === 'merge' ? 'commit it with "git commit"' : `go on with "git ${operation} --continue"`;
  return [`The ${operation} is staged; ${next}.`];
}

function noteLine(note: MergeNote): string {
  const where = placeWords(note.place);
  if (note.kind === 'number') return `${where}: it was number ${note.from} there, which was given here too.`;
  if (note.kind === 'twice')
    return `${where}: it stood in the film a second time, as ${note.gone}, and was taken out there.`;
  if (note.kind === 'apart')
    return `${where}: it was ${note.before} there, and another is called so here; its folder is ${note.folder} now.`;
  const field =
    note.place.take === undefined ? note.field : `${note.field} of take ${note.place.take}`.trim();
  const about = field === '' ? where : `${where}, ${field}`;
  switch (note.kind) {
    case 'value':
      return `${where}: ${field} is ${valueWords(note.here)} here and ${valueWords(note.there)} there; this one was kept.`;
    case 'kept':
      return `${about}: removed ${note.removed} and changed ${note.removed === 'here' ? 'there' : 'here'}; it stays.`;
    case 'order':
      return `${about}: both branches have changed the order; the order here was kept.`;
  }
}

function placeWords({ what, name }: MergePlace): string {
  if (what === 'film') return 'Film';
  return what === 'file' ? name : `${what.slice(0, 1).toUpperCase()}${what.slice(1)} ${name}`;
}

function valueWords(value: MergeValue): string {
  if (value.kind === 'nothing') return 'not set';
  return value.kind === 'take' ? `take ${value.text}` : value.text;
}
