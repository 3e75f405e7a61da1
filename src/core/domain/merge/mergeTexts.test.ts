import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalValues } from './equalValues.ts';
import { mergeTexts } from './mergeTexts.ts';
import { ValueMerge, type Versions } from './mergeValues.ts';

interface Member {
  readonly id: string;
  readonly title?: string;
  readonly size?: string;
  readonly reviews?: Readonly<Record<string, { readonly rating: number }>>;
  readonly characters?: readonly string[];
}
interface List {
  readonly nextNumber: number;
  readonly shots: readonly Member[];
}

const word = fc.constantFrom('a', 'b', 'c');
const member = fc.record(
  {
    id: fc.constantFrom('s1', 's2', 's3', 's4', 's5', 's6'),
    title: word,
    size: word,
    reviews: fc.dictionary(
      fc.constantFrom('t1', 't2'),
      fc.record({ rating: fc.integer({ min: 0, max: 5 }) }),
    ),
    characters: fc.uniqueArray(word),
  },
  { requiredKeys: ['id'] },
);
const list: fc.Arbitrary<List> = fc.record({
  nextNumber: fc.integer({ min: 1, max: 9 }),
  shots: fc.uniqueArray(member, { selector: ({ id }) => id, maxLength: 6 }),
});

const merge = (versions: Versions) => {
  const run = new ValueMerge();
  return { value: run.merge(versions), disagreements: run.disagreements };
};
const listOf = (value: unknown) => value as List;
const ids = ({ shots }: List) => shots.map(({ id }) => id);

describe('whatever two sides have made of a list', () => {
  test('where one has changed nothing, that of the other is the result', () => {
    fc.assert(
      fc.property(list, list, (base, changed) => {
        expect(merge({ base, ours: base, theirs: changed })).toEqual({ value: changed, disagreements: [] });
        expect(merge({ base, ours: changed, theirs: base })).toEqual({ value: changed, disagreements: [] });
      }),
    );
  });

  test('where both have changed it alike, that is the result', () => {
    fc.assert(
      fc.property(list, list, (base, changed) => {
        const theirs = structuredClone(changed);
        expect(merge({ base, ours: changed, theirs })).toEqual({ value: changed, disagreements: [] });
      }),
    );
  });

  test('no member is lost, but one that a side removed and the other left as it was', () => {
    fc.assert(
      fc.property(list, list, list, (base, ours, theirs) => {
        const merged = ids(listOf(merge({ base, ours, theirs }).value));
        const find = (from: List, id: string) => from.shots.find((shot) => shot.id === id);
        const isDropped = (id: string) => {
          const [before, here, there] = [find(base, id), find(ours, id), find(theirs, id)];
          return before !== undefined && (here === undefined || there === undefined)
            ? equalValues(before, here ?? there)
            : false;
        };
        const expected = [...new Set([...ids(ours), ...ids(theirs)])].filter((id) => !isDropped(id));
        expect(merged.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  test('a field has the value of a side that changed it, and where both did, it is named', () => {
    fc.assert(
      fc.property(list, list, list, (base, ours, theirs) => {
        const { value, disagreements } = merge({ base, ours, theirs });
        const titleOf = (from: List, id: string) => from.shots.find((shot) => shot.id === id)?.title;
        const both = ids(ours).filter((id) => ids(theirs).includes(id));
        for (const id of both) {
          const [before, here, there] = [titleOf(base, id), titleOf(ours, id), titleOf(theirs, id)];
          expect(titleOf(listOf(value), id)).toBe(here === before ? there : here);
          const isNamed = disagreements.some(
            ({ kind, path }) => kind === 'value' && equalValues(path, ['shots', { key: id }, 'title']),
          );
          expect(isNamed).toBe(here !== there && here !== before && there !== before);
        }
      }),
    );
  });

  test('the greater counter is the result', () => {
    fc.assert(
      fc.property(list, list, list, (base, ours, theirs) => {
        const expected =
          base.nextNumber === ours.nextNumber
            ? theirs.nextNumber
            : base.nextNumber === theirs.nextNumber
              ? ours.nextNumber
              : Math.max(ours.nextNumber, theirs.nextNumber);
        expect(listOf(merge({ base, ours, theirs }).value).nextNumber).toBe(expected);
      }),
    );
  });

  test('of changes in different places it does not matter which side made which', () => {
    const changes = fc.uniqueArray(fc.record({ at: fc.nat({ max: 5 }), field: word, value: word }), {
      selector: ({ at, field }) => `${String(at)}${field}`,
    });
    fc.assert(
      fc.property(list, changes, fc.nat(), (base, all, cut) => {
        const made = (some: typeof all): List => ({
          ...base,
          shots: base.shots.map((shot, index) => ({
            ...shot,
            ...Object.fromEntries(
              some.filter(({ at }) => at === index).map(({ field, value }) => [field, value]),
            ),
          })),
        });
        const at = cut % (all.length + 1);
        const [one, other] = [made(all.slice(0, at)), made(all.slice(at))];
        const merged = merge({ base, ours: one, theirs: other });
        expect(merged).toEqual(merge({ base, ours: other, theirs: one }));
        expect(merged).toEqual({ value: made(all), disagreements: [] });
      }),
    );
  });
});

describe('lists', () => {
  const of = (...all: readonly string[]) => all.map((id) => ({ id }));

  test('keep the order of the side that changed it, with what the other added where it put it', () => {
    const versions = {
      base: of('a', 'b', 'c'),
      ours: of('c', 'a', 'b'),
      theirs: of('a', 'x', 'b', 'c', 'y'),
    };
    const expected = { value: of('c', 'y', 'a', 'x', 'b'), disagreements: [] };
    expect(merge(versions)).toEqual(expected);
    expect(merge({ ...versions, ours: versions.theirs, theirs: versions.ours })).toEqual(expected);
  });

  test('that both have put in an order of their own keep that of ours, and it is told', () => {
    const versions = { base: of('a', 'b', 'c'), ours: of('c', 'a', 'b'), theirs: of('b', 'a', 'c') };
    expect(merge(versions)).toEqual({
      value: of('c', 'a', 'b'),
      disagreements: [{ kind: 'order', path: [] }],
    });
  });

  test('what both added at the end stands there, ours first', () => {
    expect(merge({ base: of('a'), ours: of('a', 'x'), theirs: of('a', 'y') }).value).toEqual(
      of('a', 'x', 'y'),
    );
  });

  test('beats without an id are known by their name', () => {
    const base = [{ name: 'Catalyst', intensity: 0.1 }];
    const ours = [{ id: 'beat-1', name: 'Catalyst', intensity: 0.1 }];
    const theirs = [{ name: 'Catalyst', intensity: 0.8 }];
    const value = [{ id: 'beat-1', name: 'Catalyst', intensity: 0.8 }];
    expect(merge({ base, ours, theirs })).toEqual({ value, disagreements: [] });
  });

  test('that are one value, such as a resolution, are not mixed', () => {
    expect(merge({ base: [1, 2], ours: [3, 2], theirs: [1, 4] })).toMatchObject({
      value: [3, 2],
      disagreements: [{ kind: 'value', ours: [3, 2], theirs: [1, 4] }],
    });
  });
});

test('what one side removed and the other changed stays, and is named', () => {
  const base = { shots: [{ id: 'a', title: 'x' }, { id: 'b' }] };
  const changed = { shots: [{ id: 'a', title: 'y' }, { id: 'b' }] };
  const removed = { shots: [{ id: 'b' }] };
  const path = ['shots', { key: 'a' }];
  expect(merge({ base, ours: changed, theirs: removed })).toEqual({
    value: changed,
    disagreements: [{ kind: 'kept', path, removed: 'there' }],
  });
  expect(merge({ base, ours: removed, theirs: changed })).toEqual({
    value: changed,
    disagreements: [{ kind: 'kept', path, removed: 'here' }],
  });
});

describe('what was moved to another list on one side and changed on the other', () => {
  const film = (one: readonly object[], two: readonly object[]) => ({
    'one.json': { shots: one },
    'two.json': { shots: two },
  });
  const base = film([{ id: 'a', number: 1, title: 'x' }], []);
  const moved = film([], [{ id: 'a', number: 7, title: 'x' }]);
  const changed = film([{ id: 'a', number: 1, title: 'y' }], []);
  const texts = film([], [{ id: 'a', number: 7, title: 'y' }]);

  test.each([
    ['here', { base, ours: moved, theirs: changed }],
    ['there', { base, ours: changed, theirs: moved }],
  ])('stands, changed, where it was moved to (moved %s)', (_, versions) => {
    expect(mergeTexts(versions)).toMatchObject({ texts, disagreements: [], newNumbers: [] });
  });

  test('and one that each side moved elsewhere stands where it was moved to here', () => {
    const three = (list: readonly object[]) => ({ 'three.json': { shots: list } });
    const merged = mergeTexts({
      base: { ...base, ...three([]) },
      ours: { ...moved, ...three([]) },
      theirs: { ...film([], []), ...three([{ id: 'a', number: 3, title: 'x' }]) },
    });
    expect(merged.texts).toEqual({ ...moved, ...three([]) });
    expect(merged.disagreements).toContainEqual({
      kind: 'value',
      path: ['shots', { key: 'a' }, 'place'],
      ours: 'two.json',
      theirs: 'three.json',
    });
  });

  test('scenes move between chapters, also into one that the other side does not have', () => {
    const scene = (title: string) => ({ id: 'scene', title });
    const chapters = (...all: readonly (readonly [string, readonly object[]])[]) => ({
      'project.json': { narrative: { chapters: all.map(([id, scenes]) => ({ id, scenes })) } },
    });
    const { texts: merged, disagreements } = mergeTexts({
      base: chapters(['c1', [scene('x')]]),
      ours: chapters(['c1', [scene('y')]]),
      theirs: chapters(['c1', []], ['c2', [scene('x')]]),
    });
    expect(merged).toEqual(chapters(['c1', []], ['c2', [scene('y')]]));
    expect(disagreements).toEqual([]);
  });
});

describe('what both branches gave one number', () => {
  const folder = (number: number) => `03_Renders/Chapter_01/Scene_01/Shot_0${String(number)}`;
  const shot = (id: string, number: number, of = number) => ({ id, number, folder: folder(of) });
  const list = (nextNumber: number, ...shots: readonly object[]) => ({ 'list.json': { nextNumber, shots } });

  test('has the next number, and a folder of its own, where it comes from the other branch', () => {
    const merged = mergeTexts({
      base: list(2, shot('a', 1)),
      ours: list(4, shot('a', 1), shot('here', 2), shot('here too', 3)),
      theirs: list(3, shot('a', 1), shot('there', 2)),
    });
    expect(merged).toMatchObject({
      newFolders: [{ from: folder(2), to: folder(4) }],
      texts: list(5, shot('a', 1), shot('here', 2), shot('here too', 3), shot('there', 4)),
      newNumbers: [{ what: 'shot', id: 'there', from: 2, to: 4 }],
      disagreements: [],
    });
  });

  test('scenes have numbers that are unique in the film', () => {
    const film = (nextSceneNumber: number, ...chapters: readonly (readonly object[])[]) => ({
      'project.json': {
        narrative: {
          nextNumber: 3,
          nextSceneNumber,
          chapters: chapters.map((scenes, index) => ({ id: `c${String(index)}`, number: index + 1, scenes })),
        },
      },
    });
    const { texts } = mergeTexts({
      base: film(1, [], []),
      ours: film(2, [{ id: 'here', number: 1 }], []),
      theirs: film(2, [], [{ id: 'there', number: 1 }]),
    });
    expect(texts).toEqual(film(3, [{ id: 'here', number: 1 }], [{ id: 'there', number: 2 }]));
  });
});
