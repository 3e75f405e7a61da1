import { slateCode } from '../../core/model/address.ts';
import type { PlannedDevice, PlannedTake } from '../../core/protocol/plannedTake.ts';
import type { Terminal } from '../terminal.ts';
import { table } from './table.ts';
import { oneLine } from './text.ts';

/** A take that would be made, for people. */
export function planLines(terminal: Terminal, take: PlannedTake): readonly string[] {
  const { address, number, pipeline, fallback, prompt, seed } = take;
  const facts: readonly (readonly [string, string])[] = [
    ['pipeline', `${pipeline.id} (${pipeline.kind})`],
    ['instead of', fallback === undefined ? '' : `${fallback.from}: ${fallback.reason}`],
    ...sourceFacts(take),
    ['device', deviceWords(take)],
    ['quality', take.quality],
    ['seed', seed === undefined ? 'drawn at random when it is generated' : String(seed)],
    ['file', take.output],
    ['parameters', JSON.stringify(take.parameters)],
    ['prompt', prompt.text],
    ['negative', prompt.negative],
  ];
  const rows = facts.filter(([, value]) => value !== '');
  const title = `${address} take ${slateCode(number)}`;
  return [terminal.paint('bold', oneLine(title)), ...table(rows).map((row) => `  ${row}`), ''];
}

/** What makes it, down to the byte where that is known. */
function sourceFacts({ image, digest, pipeline }: PlannedTake): readonly (readonly [string, string])[] {
  if (image === undefined) return [['version', pipeline.version]];
  return [
    ['image', image],
    ['digest', digest ?? 'not on this machine yet: it is fetched or built when the take is made'],
  ];
}

function deviceWords({ devices }: PlannedTake): string {
  if (devices === undefined) return 'the processor: it needs no card';
  if (devices.length === 0) return 'no card here is large enough: it would wait';
  return devices.map(cardWords).join(', else ');
}

function cardWords({ id, name, vramGb, freeGb, heldBy }: PlannedDevice): string {
  const free = freeGb === undefined ? [] : [`${freeGb} GB free now`];
  const held = heldBy === undefined ? [] : [`held by ${heldBy}`];
  return `${id} (${[name, `${vramGb} GB`, ...free, ...held].join(', ')})`;
}
