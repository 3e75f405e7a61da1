import { legible } from '../../core/domain/legible.ts';
import type { MergeNote, MergePlace, MergeValue } from '../../core/protocol/fixedTakes.ts';
import type { Translate } from '../../providers/translate.ts';

/** What two branches want differently, in a sentence. */
export function mergeNoteText(t: Translate, note: MergeNote): string {
  const place = placeText(t, note.place);
  if (note.kind === 'number')
    return t('{place}: it was number {from} there, which was given here too.', { place, from: note.from });
  if (note.kind === 'twice')
    return t('{place}: it stood in the film a second time, as {gone}, and was taken out there.', {
      place,
      gone: legible(note.gone),
    });
  if (note.kind === 'apart')
    return t('{place}: it was {name} there, and another is called so here; its folder is {folder} now.', {
      place,
      name: legible(note.before),
      folder: legible(note.folder),
    });
  const { take } = note.place;
  const named = legible(note.field);
  const field = take === undefined ? named : t('{field} of take {take}', { field: named, take });
  const where = field === '' ? place : `${place}, ${field}`;
  switch (note.kind) {
    case 'value':
      return t('{place}: {field} is {here} here and {there} there; this one was kept.', {
        place,
        field,
        here: valueText(t, note.here),
        there: valueText(t, note.there),
      });
    case 'kept':
      return note.removed === 'here'
        ? t('{where}: removed here and changed there; it stays.', { where })
        : t('{where}: removed there and changed here; it stays.', { where });
    case 'order':
      return t('{where}: both branches have changed the order; the order here was kept.', { where });
  }
}

function placeText(t: Translate, place: MergePlace): string {
  const name = legible(place.name);
  switch (place.what) {
    case 'film':
      return t('Film');
    case 'chapter':
      return t('Chapter {name}', { name });
    case 'scene':
      return t('Scene {name}', { name });
    case 'shot':
      return t('Shot {name}', { name });
    case 'beat':
      return t('Beat {name}', { name });
    case 'asset':
      return t('Asset {name}', { name });
    case 'file':
      return name;
  }
}

function valueText(t: Translate, value: MergeValue): string {
  if (value.kind === 'nothing') return t('not set');
  return value.kind === 'take' ? t('take {number}', { number: value.text }) : legible(value.text);
}
