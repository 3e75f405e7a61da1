import { legible, legibleLines } from '../../core/domain/legible.ts';
import { slateCode } from '../../core/model/address.ts';
import type { PlannedDevice, PlannedTake } from '../../core/protocol/plannedTake.ts';
import type { FactRow, PageSection, TakePage } from '../../core/protocol/takePage.ts';
import { fallbackLines } from '../fallbackLines.ts';
import { qualityName } from '../trees/filmWords.ts';
import type { Translate } from '../translate.ts';
import { blankPage, promptSection, type ContentNeeds } from './takePageContent.ts';

/** More than anybody reads; the command line prints all. */
const mostShown = 200;

/** What would run if takes were asked for now, one for each shot. */
export function planPage(needs: ContentNeeds, where: string, plan: readonly PlannedTake[]): TakePage {
  const { t } = needs;
  const shown = plan.slice(0, mostShown);
  const [only, ...others] = shown;
  const prompt = only === undefined || others.length > 0 ? [] : [promptSection(t, only)];
  return {
    ...blankPage(needs, t('What would run: {where}', { where: legible(where) })),
    notes: [...fallbackLines(t, plan), ...more(t, plan)],
    sections: [...shown.map((take) => section(t, take)), ...prompt],
  };
}

function more(t: Translate, { length }: readonly PlannedTake[]): readonly string[] {
  if (length <= mostShown) return [];
  return [
    t('The first {shown} of {count} takes are shown; "auteur generate --dry-run" prints all.', {
      shown: mostShown,
      count: length,
    }),
  ];
}

function section(t: Translate, take: PlannedTake): PageSection {
  const { address, number, pipeline, image, digest, devices, fallback, seed, prompt } = take;
  const all: readonly (readonly [string, string | undefined])[] = [
    [t('Pipeline'), `${pipeline.id} (${pipeline.kind})`],
    [t('Instead of'), fallback && `${fallback.from}: ${fallback.reason}`],
    [t('Version'), image === undefined ? pipeline.version : undefined],
    [t('Image'), image],
    [
      t('Digest'),
      image && (digest ?? t('not on this machine yet: it is fetched or built when the take is made')),
    ],
    [t('Device'), deviceText(t, devices)],
    [t('Quality'), qualityName(t, take.quality)],
    [t('Seed'), seed === undefined ? t('drawn at random when it is generated') : String(seed)],
    [t('File'), take.output],
    ...Object.entries(take.parameters).map(([name, value]) => [name, JSON.stringify(value)] as const),
    [t('What the pipeline gets'), prompt.text],
    [t('Negative'), prompt.negative],
  ];
  const rows = all.flatMap(([name, value]): readonly FactRow[] =>
    value === undefined || value === '' ? [] : [{ name, values: [legibleLines(value)], differs: false }],
  );
  const heading = t('Take {number} of shot {address}', { number: slateCode(number), address });
  return { kind: 'facts', heading, columns: [], rows };
}

function deviceText(t: Translate, devices: PlannedTake['devices']): string {
  if (devices === undefined) return t('the processor: it needs no card');
  if (devices.length === 0) return t('no card here is large enough: it would wait');
  return devices.map((device) => cardText(t, device)).join('\n');
}

function cardText(t: Translate, { id, name, vramGb, freeGb, heldBy }: PlannedDevice): string {
  const free = freeGb === undefined ? [] : [t('{size} GB free now', { size: freeGb })];
  const held = heldBy === undefined ? [] : [t('held by {shot}', { shot: heldBy })];
  return `${id} (${[name, `${vramGb} GB`, ...free, ...held].join(', ')})`;
}
