import { median, ratios, type Pairs, type Samples } from './samples.ts';

export type Unit = 'ms' | 's' | 'kB' | 'MB' | '×' | 'files' | 'jobs/s';

/** The most, or the least, that the figure may be. */
export type Bar =
  { readonly atMost: number; readonly unit: Unit } | { readonly atLeast: number; readonly unit: Unit };

/** One figure, beside the bar it is held to. */
export interface Finding {
  readonly what: string;
  readonly bar: Bar;
  readonly samples: Samples;
  /** What the figure is made of, or what stands beside it. */
  readonly beside?: string;
}

/** What one benchmark found, and how. */
export interface Report {
  readonly title: string;
  readonly how: string;
  readonly findings: readonly Finding[];
}

function figureOf({ samples }: Finding): number {
  return median(samples);
}

export function isMet(finding: Finding): boolean {
  const figure = figureOf(finding);
  return 'atMost' in finding.bar ? figure <= finding.bar.atMost : figure >= finding.bar.atLeast;
}

/** A pair of milliseconds as the ratio of ours to theirs, with both medians beside it. */
export function ratioFinding(
  what: string,
  bar: Bar,
  { pairs, names }: { readonly pairs: Pairs; readonly names: readonly [ours: string, theirs: string] },
): Finding {
  const [ours, theirs] = names;
  const beside = `${ours} ${inUnit(median(pairs.ours), 'ms')}, ${theirs} ${inUnit(median(pairs.theirs), 'ms')}`;
  return { what, bar, samples: ratios(pairs), beside };
}

export function inUnit(value: number, unit: Unit): string {
  const digits = { ms: value < 10 ? 1 : 0, s: 2, kB: 0, MB: 2, '×': 2, files: 0, 'jobs/s': 0 }[unit];
  return unit === 'files' ? value.toFixed(digits) : `${value.toFixed(digits)} ${unit}`;
}

export function barText({ bar }: Finding): string {
  return 'atMost' in bar
    ? `at most ${inUnit(bar.atMost, bar.unit)}`
    : `at least ${inUnit(bar.atLeast, bar.unit)}`;
}

/** The median, and how far the samples lie apart. */
export function figureText(finding: Finding): string {
  const { samples, bar } = finding;
  const figure = inUnit(figureOf(finding), bar.unit);
  if (samples.length === 1) return figure;
  const bare = (value: number): string => inUnit(value, bar.unit).replace(/ .*/, '');
  return `${figure} (${bare(Math.min(...samples))}–${bare(Math.max(...samples))})`;
}
