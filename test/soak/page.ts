import { format, resolveConfig } from 'prettier';
import type { JobView } from '../../src/core/protocol/views.ts';
import type { Mishap } from './mishaps.ts';

/** What one soak was and came to. */
export interface Soak {
  readonly seed: number;
  readonly seconds: number;
  readonly asked: ReadonlyMap<string, number>;
  readonly mishaps: ReadonlyMap<Mishap, number>;
  readonly jobs: readonly JobView[];
  readonly problems: readonly string[];
  readonly machine: readonly (readonly [what: string, is: string])[];
}

type Row = readonly (string | number)[];

const head = `# Soak

Written by \`make soak\`: takes are asked for of six pipelines (the storyboard, containers with and without a graphics card,
one that always fails, a ComfyUI), two runners make them on a real Docker Engine, and meanwhile runners, containers, the
engine and ComfyUI are killed or restarted at random. In the end it is looked whether every job is one take or one error,
whether \`auteur validate\`, \`git fsck\` and \`git lfs fsck\` find nothing, and whether a container, a folder or a lease is left.`;

/** The page `docs/soak.md`. */
export async function pageOf(path: string, soak: Soak): Promise<string> {
  const parts = [head, ...sections(soak).map(([title, rows]) => `## ${title}\n\n${table(rows)}`)];
  const problems = soak.problems.map((problem) => `- ${problem}`).join('\n');
  const text = [...parts, ...(problems === '' ? [] : [`## What did not hold\n\n${problems}`])].join('\n\n');
  return format(text, { ...(await resolveConfig(path)), parser: 'markdown' });
}

/** The same for a terminal. */
export function terminalText(soak: Soak): string {
  const lines = sections(soak).flatMap(([title, rows]) => [
    `\n${title}`,
    ...rows.map(([what, is]) => `  ${String(what).padEnd(32)}${String(is)}`),
  ]);
  return lines.join('\n');
}

function sections(soak: Soak): readonly (readonly [title: string, rows: readonly Row[]])[] {
  const { seed, seconds, jobs, problems, asked, mishaps, machine } = soak;
  const verdict = problems.length === 0 ? 'everything held' : `**${problems.length} things did not hold**`;
  return [
    [
      'Result',
      [
        ['date', new Date().toISOString().slice(0, 10)],
        ['jobs', jobs.length],
        ['seed', seed],
        ['time', `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`],
        ['in the end', verdict],
      ],
    ],
    ['What was asked for', [...asked]],
    ['What went wrong meanwhile', [...mishaps].toSorted(([a], [b]) => (a < b ? -1 : 1))],
    ['What became of the jobs', [...endingsOf(jobs)].toSorted(([, a], [, b]) => b - a)],
    ['Machine', machine],
  ];
}

/** How often each ending came. */
function endingsOf(jobs: readonly JobView[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { status, error } of jobs) {
    const ending = status === 'completed' ? 'take' : `${status} ${error?.code ?? ''}`;
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return counts;
}

function table(rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  return [line(['', '']), line(['---', '---']), ...rows.map(line)].join('\n');
}
