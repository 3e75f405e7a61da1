import { randomBytes } from 'node:crypto';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ratioFinding, type Finding, type Report } from './lib/finding.ts';
import { atHome, makeFilm, run, type Place } from './lib/place.ts';
import { RecordingDesk, type Delivered } from './lib/recording.ts';
import { inTurn, timed, type Pairs } from './lib/samples.ts';

/** As large as a panel of 1920 × 1080. */
const mediaBytes = 150_000;
const sidecarBytes = 2_000;
const rounds = [
  { takes: 1, pairs: 41, what: 'One take' },
  { takes: 20, pairs: 6, what: '20 takes at once, in one commit' },
];

interface Bench {
  readonly desk: RecordingDesk;
  readonly plain: Place;
}

interface Prepared {
  readonly delivered: Delivered;
  /** Files of the same sizes in a film that is left to Git alone. */
  readonly paths: readonly string[];
}

export function record(): Promise<Report> {
  return atHome(async (home) => {
    const ours = await makeFilm(home, 'Ours');
    const plain = await makeFilm(home, 'Plain');
    const desk = await RecordingDesk.open(ours.cwd, join(home.root, 'desk'));
    try {
      const findings: Finding[] = [];
      for (const { takes, pairs, what } of rounds) {
        const names = ['recorded', '`git add` and `git commit`'] as const;
        const measured = await measure({ desk, plain }, takes, pairs);
        findings.push(ratioFinding(what, { atMost: 1.3, unit: '×' }, { pairs: measured, names }));
      }
      return {
        title: 'Recording',
        how: `From complete outputs in the outbox to takes that are committed (number claimed, media moved, queue told, LFS pointers checked, commit), against \`git add\` and \`git commit\` of files of the same sizes in a film made the same way; in turn, one ratio for each pair (${rounds.map(({ pairs }) => pairs).join(' and ')} pairs), ${mediaBytes / 1000} kB of media a take. Recording forces each sidecar, each new name and the queue to disk; Git forces nothing.`,
        findings,
      };
    } finally {
      await desk.close();
    }
  });
}

async function measure(bench: Bench, takes: number, pairs: number): Promise<Pairs> {
  const prepared: Prepared[] = [];
  const of = async (index: number): Promise<Prepared> =>
    (prepared[index] ??= await prepare(bench, `${takes}/${index}`, takes));
  const recordOne = async (index: number): Promise<number> => {
    const { delivered } = await of(index);
    return bench.desk.record(delivered);
  };
  const commitPlainly = async (index: number): Promise<number> => {
    const { paths } = await of(index);
    return timed(async () => {
      await run(bench.plain, 'git', 'add', '--', ...paths);
      await run(bench.plain, 'git', 'commit', '--quiet', '--message', 'Record takes');
    });
  };
  return inTurn(pairs, recordOne, commitPlainly);
}

async function prepare({ desk, plain }: Bench, name: string, takes: number): Promise<Prepared> {
  const folder = `03_Renders/${name}`;
  await mkdir(join(plain.cwd, folder), { recursive: true });
  const paths: string[] = [];
  for (let number = 1; number <= takes; number++) {
    const media = `${folder}/take${number}.png`;
    const sidecar = `${folder}/take${number}.json`;
    await writeAged(join(plain.cwd, media), randomBytes(mediaBytes));
    await writeAged(join(plain.cwd, sidecar), randomBytes(sidecarBytes / 2).toString('hex'));
    paths.push(media, sidecar);
  }
  const delivered = await desk.deliver(takes, (path) => writeAged(path, randomBytes(mediaBytes)));
  return { delivered, paths };
}

/** Git reads a file of this very second once more before it trusts it, which would be to our advantage. */
async function writeAged(path: string, content: Uint8Array | string): Promise<void> {
  await writeFile(path, content);
  const before = new Date(Date.now() - 10_000);
  await utimes(path, before, before);
}
