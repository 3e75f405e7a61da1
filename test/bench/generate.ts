import type { Report } from './lib/finding.ts';
import { inUnit } from './lib/finding.ts';
import { atHome, auteur, makeFilm, run, settleDisk, type Place } from './lib/place.ts';
import { median, timed, type Samples } from './lib/samples.ts';

const single = 9;
const hundreds = 2;
const many = 100;

export function generate(): Promise<Report> {
  return atHome(async (home) => {
    const film = await makeFilm(home, 'Bench');
    await auteur(film, 'generate', '01/01/01');
    const starts: number[] = [];
    const ones: number[] = [];
    for (let count = 0; count < single; count++) {
      starts.push(await timed(() => auteur(film, '--version')));
      ones.push(await timed(() => auteur(film, 'generate', '01/01/01')));
    }
    const perTake = await hundredTakes(film);
    await requireCommitted(film, 1 + single + hundreds * many);
    return {
      title: 'Generating',
      how: `The built command line on a film of 1920 × 1080, drawn by the storyboard pipeline, from the start of the process to its end, the commit to Git LFS included; ${single} calls for one take, ${hundreds} calls for ${many} takes of one shot.`,
      findings: [
        {
          what: 'One take, `auteur generate 01/01/01`',
          bar: { atMost: 2, unit: 's' },
          samples: inSeconds(ones),
          beside: `\`auteur --version\` alone: ${inUnit(median(starts), 'ms')}`,
        },
        {
          what: `Each of ${many} takes in one call`,
          bar: { atMost: 0.5, unit: 's' },
          samples: inSeconds(perTake),
        },
      ],
    };
  });
}

async function hundredTakes(film: Place): Promise<Samples> {
  const samples: number[] = [];
  for (let count = 0; count < hundreds; count++) {
    await settleDisk(film);
    const all = await timed(() => auteur(film, 'generate', '01/01/01', '--takes', String(many)));
    samples.push(all / many);
  }
  return samples;
}

/** A take that was not committed would have been a quick one. */
async function requireCommitted(film: Place, takes: number): Promise<void> {
  const stored = (await run(film, 'git', 'lfs', 'ls-files', '--name-only')).trim().split('\n').length;
  const left = await run(film, 'git', 'status', '--porcelain');
  if (stored !== takes || left !== '')
    throw new Error(`${stored} takes are in Git LFS, not ${takes}: ${left}`);
}

function inSeconds(samples: Samples): Samples {
  return samples.map((ms) => ms / 1000);
}
