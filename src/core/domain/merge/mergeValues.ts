import { equalValues, isFields, isList, type Fields } from './equalValues.ts';
import { keyOfLists, listsAmong } from './listKeys.ts';
import { mergedOrder } from './mergedOrder.ts';

/** A value as it was before two branches changed it, here and there; undefined where it is not. */
export interface Versions {
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** Steps into a value: the name of a field, or the key of a member in a list. */
export type MergePath = readonly (string | { readonly key: string })[];

/** What two branches want differently, and what was made of it. */
export type Disagreement =
  | { readonly kind: 'value'; readonly path: MergePath; readonly ours: unknown; readonly theirs: unknown }
  /** One side removed what the other changed; it stays. */
  | { readonly kind: 'kept'; readonly path: MergePath; readonly removed: 'here' | 'there' }
  /** Each side has put the members in an order of its own. */
  | { readonly kind: 'order'; readonly path: MergePath };

const counters = new Set(['nextNumber', 'nextSceneNumber', 'schemaVersion']);

/** One merge of two branches' values, field by field and member by member. */
export class ValueMerge {
  readonly disagreements: Disagreement[] = [];

  /** The merged value; where both sides changed the same to something else, that of ours. */
  merge(versions: Versions, path: MergePath = []): unknown {
    const { base, ours, theirs } = versions;
    if (equalValues(ours, theirs) || equalValues(base, theirs)) return ours;
    if (equalValues(base, ours)) return theirs;
    if (isFields(ours) && isFields(theirs)) return this.#fields({ base, ours, theirs }, path);
    if (isList(ours) && isList(theirs)) return this.#lists({ base, ours, theirs }, path);
    const last = path.at(-1);
    if (typeof last === 'string' && counters.has(last) && isNumber(ours) && isNumber(theirs))
      return Math.max(ours, theirs);
    if (ours === undefined && isFields(theirs)) return this.#keep(theirs, path, 'here');
    if (theirs === undefined && isFields(ours)) return this.#keep(ours, path, 'there');
    return this.#oursStays(versions, path);
  }

  #oursStays({ ours, theirs }: Versions, path: MergePath): unknown {
    this.disagreements.push({ kind: 'value', path, ours, theirs });
    return ours;
  }

  #keep(value: unknown, path: MergePath, removed: 'here' | 'there'): unknown {
    this.disagreements.push({ kind: 'kept', path, removed });
    return value;
  }

  #fields({ base, ours, theirs }: { base: unknown; ours: Fields; theirs: Fields }, path: MergePath): Fields {
    const before = isFields(base) ? base : {};
    const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    const merged = [...names].map((name): [string, unknown] => [
      name,
      this.merge({ base: own(before, name), ours: own(ours, name), theirs: own(theirs, name) }, [
        ...path,
        name,
      ]),
    ]);
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  }

  #lists(
    { base, ours, theirs }: { base: unknown; ours: readonly unknown[]; theirs: readonly unknown[] },
    path: MergePath,
  ): unknown {
    const lists = listsAmong([base ?? [], ours, theirs]);
    const keyOf = lists && keyOfLists(lists);
    if (keyOf === undefined) return this.#oursStays({ base, ours, theirs }, path);
    const sides = {
      base: byKey(isList(base) ? base : [], keyOf),
      ours: byKey(ours, keyOf),
      theirs: byKey(theirs, keyOf),
    };
    const merged = new Map<string, unknown>();
    for (const key of new Set([...sides.ours.keys(), ...sides.theirs.keys()])) {
      const member = { base: sides.base.get(key), ours: sides.ours.get(key), theirs: sides.theirs.get(key) };
      const value = this.merge(member, [...path, { key }]);
      if (value !== undefined) merged.set(key, value);
    }
    const { order, isDisputed } = mergedOrder(
      { base: [...sides.base.keys()], ours: [...sides.ours.keys()], theirs: [...sides.theirs.keys()] },
      new Set(merged.keys()),
    );
    if (isDisputed) this.disagreements.push({ kind: 'order', path });
    return order.map((key) => merged.get(key));
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function byKey(list: readonly unknown[], keyOf: (member: unknown) => string): ReadonlyMap<string, unknown> {
  return new Map(list.map((member) => [keyOf(member), member]));
}
