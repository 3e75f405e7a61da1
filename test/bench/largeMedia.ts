import { randomBytes } from 'node:crypto';
import { copyFile, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { inUnit, type Report } from './lib/finding.ts';
import { atHome, makeFilm, run, settleDisk, type Place } from './lib/place.ts';
import { RecordingDesk } from './lib/recording.ts';
import { inTurn, median, timed } from './lib/samples.ts';

const gibibyte = 1024 ** 3;
const pairs = 3;
/** The file itself, and for each pair two copies and what LFS makes of them. */
const needed = (1 + 4 * pairs) * gibibyte;

interface Bench {
  readonly source: string;
  readonly ours: Place;
  readonly plain: Place;
  readonly desk: RecordingDesk;
}

export function largeMedia(): Promise<Report> {
  return atHome(async (home) => {
    await requireSpace(home.root);
    const source = join(home.root, 'source');
    await writeSource(source);
    const ours = await makeFilm(home, 'Ours');
    const plain = await makeFilm(home, 'Plain');
    const desk = await RecordingDesk.open(ours.cwd, join(home.root, 'desk'));
    try {
      return await measure({ source, ours, plain, desk });
    } finally {
      await desk.close();
    }
  });
}

async function measure({ source, ours, plain, desk }: Bench): Promise<Report> {
  const completed: number[] = [];
  const recordOne = async (index: number): Promise<number> => {
    const delivered = await desk.deliver(1, (path) => copyOf(source, path, index));
    completed.push(delivered.completedMs);
    await settleDisk(ours);
    return desk.record(delivered);
  };
  const addPlainly = async (index: number): Promise<number> => {
    const name = `take${index}.png`;
    await copyOf(source, join(plain.cwd, name), index);
    await settleDisk(plain);
    return timed(() => run(plain, 'git', 'add', '--', name));
  };
  const { ours: recorded, theirs: added } = await inTurn(pairs, recordOne, addPlainly);
  const [record, add, complete] = [recorded, added, completed].map((samples) => median(samples) / 1000);
  const seconds = (value: number | undefined): string => inUnit(value ?? NaN, 's');
  return {
    title: 'Large media',
    how: `One output of 1 GiB, complete in the outbox, recorded and committed, against a bare \`git add\` of the same bytes through the LFS filter; in turn, ${pairs} pairs, the disk settled before each. The ratio is that of the speeds.`,
    findings: [
      {
        what: 'Speed of recording 1 GiB, of that of `git add`',
        bar: { atLeast: 0.9, unit: '×' },
        samples: recorded.map((ms, index) => (added[index] ?? NaN) / ms),
        beside: `recorded and committed in ${seconds(record)}, added in ${seconds(add)}; before that the output was forced to disk and hashed for its sidecar in ${seconds(complete)}`,
      },
    ],
  };
}

async function requireSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize > needed) return;
  throw new Error(`${folder} needs ${needed / gibibyte} GiB of free space for the large media. Set TMPDIR.`);
}

async function writeSource(path: string): Promise<void> {
  await using file = await open(path, 'w');
  for (let written = 0; written < gibibyte; written += 64 * 1024 ** 2)
    await file.write(randomBytes(64 * 1024 ** 2));
}

/** No two alike: what LFS has already it does not write again. */
async function copyOf(source: string, path: string, index: number): Promise<void> {
  await rm(path, { force: true });
  await copyFile(source, path);
  await using file = await open(path, 'r+');
  await file.write(`copy ${index}`, 0);
}
