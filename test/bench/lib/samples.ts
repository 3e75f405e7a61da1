/** What was measured, in the order it was measured. */
export type Samples = readonly number[];

export interface Pairs {
  readonly ours: Samples;
  readonly theirs: Samples;
}

export function median(samples: Samples): number {
  if (samples.length === 0) throw new RangeError('Nothing was measured.');
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** One ratio for each pair: the two of a pair were measured one right after the other, on the same machine. */
export function ratios({ ours, theirs }: Pairs): Samples {
  return ours.map((value, index) => value / (theirs[index] ?? NaN));
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Measures the two in turn and changes who is first, so that a machine that slows down slows both. */
export async function inTurn(
  pairs: number,
  ours: (index: number) => Promise<number>,
  theirs: (index: number) => Promise<number>,
): Promise<Pairs> {
  const measured = { ours: [] as number[], theirs: [] as number[] };
  const measureOurs = async (index: number) => measured.ours.push(await ours(index));
  const measureTheirs = async (index: number) => measured.theirs.push(await theirs(index));
  for (let index = 0; index < pairs; index++) {
    const [first, second] = index % 2 === 0 ? [measureOurs, measureTheirs] : [measureTheirs, measureOurs];
    await first(index);
    await second(index);
  }
  return measured;
}
