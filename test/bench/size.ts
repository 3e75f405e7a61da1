import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import type { FilmSize } from '../lib/bigFilm.ts';
import { repositoryRoot } from '../lib/paths.ts';
import { inUnit, type Finding, type Report } from './lib/finding.ts';
import { largeFilm, type LargeFilm } from './lib/largeFilm.ts';
import type { Opening } from './lib/openFilm.ts';
import { atHome, run, settleDisk } from './lib/place.ts';
import { median, timed, type Samples } from './lib/samples.ts';

const openings = 5;
const builds = 3;
const dist = join(repositoryRoot, 'dist');

interface Bars {
  /** Seconds until the tree can be used. */
  readonly open: number;
  readonly megabytes?: number;
}

const films: readonly (readonly [FilmSize, Bars])[] = [
  [{ shots: 3000, takes: 10, shotsInScene: 20 }, { open: 0.5 }],
  [
    { shots: 10_000, takes: 10, shotsInScene: 20 },
    { open: 1.5, megabytes: 250 },
  ],
];

export function size(): Promise<Report> {
  return atHome(async ({ root, env }) => {
    const findings: Finding[] = [];
    const program = await bundledOpening(root);
    for (const [filmSize, bars] of films) {
      const film = await largeFilm(env, filmSize);
      findings.push(...(await measureFilm({ film, program }, filmSize, bars)));
    }
    return {
      title: 'Size',
      how: `Films whose takes are sidecars and LFS pointers, in one commit. A process of its own for each opening starts the built studio in a thread, as a window does: from the start of the thread until the list of films, the chapters and the shots of a scene are there, while the project is opened and its index is made or looked for (${openings} times with an index, ${builds} times without). Memory is the most that the whole process ever had. A new take is measured from the moment its files are there until its shot and the takes of it are read, twenty shots in each opening.`,
      findings,
    };
  });
}

/** Node that reads TypeScript has a compiler in its memory, which no window has. */
async function bundledOpening(folder: string): Promise<string> {
  const outfile = join(folder, 'openFilm.mjs');
  const entry = join(import.meta.dirname, 'lib/openFilm.ts');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
  });
  return outfile;
}

interface Opened {
  readonly film: LargeFilm;
  readonly program: string;
}

async function measureFilm(
  opened: Opened,
  { shots, takes }: FilmSize,
  bars: Bars,
): Promise<readonly Finding[]> {
  const { film } = opened;
  const first = await openedTimes(opened, builds, () =>
    rm(join(film.cwd, '05_Cache'), { recursive: true, force: true }),
  );
  const again = await openedTimes(opened, openings, () => Promise.resolve());
  const name = `${shots.toLocaleString('en')} shots and ${(shots * takes).toLocaleString('en')} takes`;
  const shown = (of: readonly Opening[], value: (one: Opening) => number): string =>
    inUnit(median(of.map(value)), 'ms');
  return [
    {
      what: `A film of ${name} opened`,
      bar: { atMost: bars.open, unit: 's' },
      samples: again.map(({ open }) => open / 1000),
      beside: `${await listing(film)}; ${shown(first, ({ open }) => open)} while its index is built for the first time; how far the film has come, read ${shown(again, ({ milestones }) => milestones)} later`,
    },
    {
      what: `First index of ${name}`,
      bar: { atMost: 10, unit: 's' },
      samples: first.map(({ index }) => index / 1000),
      beside: `a scene that is opened meanwhile: at most ${shown(first, ({ meanwhile }) => meanwhile)}`,
    },
    {
      what: `A new take shown, of ${name}`,
      bar: { atMost: 50, unit: 'ms' },
      samples: again.flatMap((one) => one.takes),
    },
    ...(bars.megabytes === undefined
      ? []
      : [
          {
            what: `Memory with ${name}`,
            bar: { atMost: bars.megabytes, unit: 'MB' as const },
            samples: again.map(({ peakBytes }) => peakBytes / 1e6),
            beside: `${megabytes(first)} where the index is built for the first time`,
          },
        ]),
  ];
}

async function openedTimes(
  { film, program }: Opened,
  times: number,
  before: () => Promise<void>,
): Promise<readonly Opening[]> {
  const all: Opening[] = [];
  for (let count = 0; count < times; count++) {
    await before();
    await settleDisk(film);
    all.push(JSON.parse(await run(film, process.execPath, program, dist, film.workspace)) as Opening);
  }
  return all;
}

/** What others need for the same tree, in this run. */
async function listing(film: LargeFilm): Promise<string> {
  const find: number[] = [];
  const status: number[] = [];
  for (let count = 0; count < openings; count++) {
    find.push(await timed(() => run(film, 'sh', '-c', "find . -name '*.json' | wc -l")));
    status.push(await timed(() => run(film, 'git', 'status', '--porcelain')));
  }
  const took = (samples: Samples): string => inUnit(median(samples), 'ms');
  return `\`find . -name '*.json' | wc -l\` ${took(find)}, \`git status\` ${took(status)}`;
}

function megabytes(all: readonly Opening[]): string {
  return inUnit(median(all.map(({ peakBytes }) => peakBytes / 1e6)), 'MB');
}
