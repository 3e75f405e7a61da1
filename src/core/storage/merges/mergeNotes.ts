import type { MergedTexts } from '../../domain/merge/mergeTexts.ts';
import type { Disagreement, MergePath } from '../../domain/merge/mergeValues.ts';
import { slateCode } from '../../model/address.ts';
import type { MergeNote, MergePlace, MergeValue } from '../../protocol/fixedTakes.ts';
import type { TakenOut } from './keepOnePlace.ts';
import { filmNames, type FilmNames } from './filmNames.ts';

const kinds = {
  chapters: 'chapter',
  scenes: 'scene',
  shots: 'shot',
  emotionalBeats: 'beat',
} as const satisfies Readonly<Record<string, MergePlace['what']>>;

type Step = MergePath[number];

interface Placed {
  readonly place: MergePlace;
  /** What of it, in words; empty where it is about the whole. */
  readonly field: string;
  readonly name: string;
}

interface Told extends Pick<MergedTexts, 'disagreements' | 'newNumbers'> {
  readonly newAssets?: MergedTexts['newAssets'];
  readonly takenOut?: readonly TakenOut[];
}

/** What two branches want differently, with the names that the merged film has for it. */
export async function mergeNotes(
  root: string,
  { disagreements, newNumbers, newAssets = [], takenOut = [] }: Told,
): Promise<readonly MergeNote[]> {
  const asked = disagreements.flatMap(({ path }) =>
    path.flatMap((step) => (typeof step === 'string' ? [] : step.key)),
  );
  const names = await filmNames(root, new Set(asked));
  return [
    ...disagreements.map((one) => noteOf(one, names)),
    ...newNumbers.map(({ what, id, from, to }): MergeNote => {
      return { kind: 'number', place: { what, name: names.places.get(id) ?? id }, from, to };
    }),
    ...newAssets.map(({ name, before, to }): MergeNote => {
      return { kind: 'apart', place: { what: 'asset', name }, before, folder: to };
    }),
    ...takenOut.map(({ what, id, parent, number }): MergeNote => {
      const gone = `${names.places.get(parent) ?? parent}/${slateCode(number)}`;
      return { kind: 'twice', place: { what, name: names.places.get(id) ?? id }, gone };
    }),
  ];
}

function noteOf(one: Disagreement, names: FilmNames): MergeNote {
  const { place, field, name } = placeOf(one.path, names);
  if (one.kind === 'kept') return { kind: 'kept', place, field, removed: one.removed };
  if (one.kind === 'order') return { kind: 'order', place, field };
  const valueOf = (value: unknown): MergeValue => wordsOf(value, name, names);
  return { kind: 'value', place, field, here: valueOf(one.ours), there: valueOf(one.theirs) };
}

function placeOf(path: MergePath, names: FilmNames): Placed {
  const nodes = path.map((step, index) => placeAt(path, index, step, names));
  const last = nodes.findLastIndex((node) => node !== undefined);
  const place = nodes[last] ?? fileAt(path[0]);
  const rest = path.slice(last === -1 ? 1 : last + 1);
  const name = rest.findLast((step) => typeof step === 'string') ?? '';
  const [list, judged, ...more] = rest;
  if (list !== 'reviews' || typeof judged !== 'string') return { place, name, field: joined(rest, names) };
  const take = names.takes.get(judged);
  const field = joined(more, names);
  return take === undefined
    ? { place, name, field: joined(rest, names) }
    : { place: { ...place, take }, name, field };
}

function placeAt(path: MergePath, index: number, step: Step, { places }: FilmNames): MergePlace | undefined {
  if (typeof step === 'string') return undefined;
  const [list, above] = [path[index - 1], path[index - 2]];
  const isAsset = above === 'assets' || list === 'assets';
  const what = isAsset ? 'asset' : Object.entries(kinds).find(([name]) => name === list)?.[1];
  return what && { what, name: places.get(step.key) ?? step.key };
}

function fileAt(step: Step | undefined): MergePlace {
  const name = typeof step === 'string' ? step : '';
  return name === 'project.json' ? { what: 'film', name } : { what: 'file', name };
}

function joined(steps: MergePath, { places }: FilmNames): string {
  return steps
    .map((step) => (typeof step === 'string' ? step : (places.get(step.key) ?? step.key)))
    .join('.');
}

function wordsOf(value: unknown, field: unknown, { places, takes }: FilmNames): MergeValue {
  if (value === undefined) return { kind: 'nothing' };
  const take = field === 'activeTake' && typeof value === 'string' ? takes.get(value) : undefined;
  if (take !== undefined) return { kind: 'take', text: String(take) };
  if (typeof value === 'string') return { kind: 'text', text: places.get(value) ?? JSON.stringify(value) };
  return { kind: 'text', text: JSON.stringify(value) };
}
