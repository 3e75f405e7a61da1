import type { Device } from './device.ts';
import { nominalGb } from './nominalGb.ts';

/** What is asked of `nvidia-smi`, one card a line. */
export const nvidiaQuery = [
  '--query-gpu=index,uuid,name,memory.total,memory.free',
  '--format=csv,noheader,nounits',
];

interface NvidiaCard {
  readonly index: number;
  readonly uuid: string;
  readonly name: string;
  readonly totalMb: number;
  readonly freeMb?: number;
}

/** A part of a card that is divided (MIG). */
interface Slice {
  readonly uuid: string;
  readonly profile: string;
  readonly gb: number;
}

/** Lines that are no card of known memory are left out: messages of the driver, and cards that do not tell it. */
function parseCards(text: string): readonly NvidiaCard[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.split(',').map((field) => field.trim());
    const [index = '', uuid = ''] = fields;
    const [total = '', free = ''] = fields.slice(-2);
    if (fields.length < 5 || !/^\d+$/.test(index) || !uuid.startsWith('GPU-') || !/^\d+$/.test(total))
      return [];
    const card = { index: Number(index), uuid, name: fields.slice(2, -2).join(', '), totalMb: Number(total) };
    return card.totalMb === 0 ? [] : [/^\d+$/.test(free) ? { ...card, freeMb: Number(free) } : card];
  });
}

/** The parts of divided cards, by the UUID of the card, from `nvidia-smi -L`. */
function parseSlices(text: string): ReadonlyMap<string, readonly Slice[]> {
  const slices = new Map<string, Slice[]>();
  let card: string | undefined;
  for (const line of text.split('\n')) {
    card = /^GPU \d+:.*\(UUID: (GPU-[\w-]+)\)/.exec(line)?.[1] ?? card;
    const [, profile, gb, uuid] = /^\s+MIG (\S*?(\d+)gb\S*)\s.*\(UUID: (MIG-[\w/-]+)\)/.exec(line) ?? [];
    if (card === undefined || profile === undefined || uuid === undefined) continue;
    slices.set(card, [...(slices.get(card) ?? []), { uuid, profile, gb: Number(gb) }]);
  }
  return slices;
}

/**
 * @param cards what `nvidia-smi` answers to the query
 * @param list what `nvidia-smi -L` says
 */
export function nvidiaDevices(cards: string, list: string): readonly Device[] {
  const slices = parseSlices(list);
  return parseCards(cards).flatMap((card): readonly Device[] => {
    const access = 'nvidia';
    const id = `gpu${card.index}`;
    const parts = slices.get(card.uuid);
    if (parts === undefined)
      return [
        {
          ...{ id, lane: card.uuid, name: card.name, vramGb: nominalGb(card.totalMb), access },
          ...{ deviceId: card.uuid, index: card.index },
        },
      ];
    // A divided card is only used by its parts.
    return parts.map(({ uuid, profile, gb }, index) => ({
      ...{ id: `${id}.${index}`, lane: uuid, name: `${card.name} ${profile}`, vramGb: gb, access },
      deviceId: uuid,
    }));
  });
}

/** Free megabytes, by UUID and by index. */
export function nvidiaFree(text: string): ReadonlyMap<string, number> {
  return new Map(
    parseCards(text).flatMap(({ index, uuid, freeMb }) =>
      freeMb === undefined
        ? []
        : ([
            [uuid, freeMb],
            [String(index), freeMb],
          ] as const),
    ),
  );
}
