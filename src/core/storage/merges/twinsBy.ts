/** Those that have the same key, where it is more than one. */
export function twinsBy<T>(
  all: readonly T[],
  keyOf: (one: T) => unknown,
): readonly (readonly [first: T, ...others: readonly T[]])[] {
  const groups = new Map<unknown, [T, ...T[]]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}
