interface Orders {
  readonly base: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

export interface MergedOrder {
  readonly order: readonly string[];
  /** Both sides have changed the order, and not in the same way; that of ours stays. */
  readonly isDisputed: boolean;
}

/** The order of a merged list: that of the side which changed it, and what the other added behind what it follows there. */
export function mergedOrder({ base, ours, theirs }: Orders, kept: ReadonlySet<string>): MergedOrder {
  const isOurs = isReordered(base, ours);
  const isTheirs = isReordered(base, theirs);
  const [spine, other] = isTheirs && !isOurs ? [theirs, ours] : [ours, theirs];
  const isDisputed = isOurs && isTheirs && isReordered(ours, theirs);
  return { order: woven(kept, spine, other), isDisputed };
}

/** Whether what both have stands in another order. */
function isReordered(before: readonly string[], after: readonly string[]): boolean {
  const there = new Set(after);
  const known = new Set(before);
  const common = before.filter((key) => there.has(key));
  return after.filter((key) => known.has(key)).some((key, index) => key !== common[index]);
}

function woven(
  kept: ReadonlySet<string>,
  spine: readonly string[],
  other: readonly string[],
): readonly string[] {
  const order = spine.filter((key) => kept.has(key));
  const placed = new Set(order);
  const others = new Set(other);
  let last: string | undefined;
  for (const key of other.filter((one) => kept.has(one))) {
    if (!placed.has(key)) {
      let at = last === undefined ? 0 : order.indexOf(last) + 1;
      // What only the spine has at the same place comes first.
      while (at < order.length && !others.has(order[at] ?? '')) at++;
      order.splice(at, 0, key);
      placed.add(key);
    }
    last = key;
  }
  return order;
}
