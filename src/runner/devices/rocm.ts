import * as z from 'zod';
import type { Device } from './device.ts';
import { jsonIn } from './jsonIn.ts';
import { nominalGb } from './nominalGb.ts';

export const rocmQuery = ['--showbus', '--showmeminfo', 'vram', '--showproductname', '--json'];
/** Of the tool that comes in its place. */
export const amdQuery = ['static', '--asic', '--bus', '--vram', '--json'];

/** What the kernel calls the cards that can compute, by their places on the bus. */
export type RenderNodes = ReadonlyMap<string, string>;

const total = 'VRAM Total Memory (B)';
const bus = 'PCI Bus';
const names = ['Card series', 'Card Series', 'Card model', 'Card Model'];

const Cards = z.record(z.string(), z.unknown());
const Card = z.record(z.string(), z.unknown());

interface AmdCard {
  readonly index: string;
  readonly name: string;
  readonly megabytes: number;
  /** Its place on the PCI bus, where that was told. */
  readonly pci: string;
}

/** @param text what `rocm-smi` answers: JSON, after whatever warnings */
export function rocmDevices(text: string, nodes: RenderNodes): readonly Device[] {
  return devicesOf(
    Object.entries(Cards.safeParse(jsonIn(text)).data ?? {}).flatMap(([key, value]) => {
      const [, index] = /^card(\d+)$/.exec(key) ?? [];
      const fields = Card.safeParse(value).data;
      if (index === undefined || fields === undefined) return [];
      const textOf = (field: string): string => z.string().catch('').parse(fields[field]);
      const name = names.map(textOf).find((one) => one !== '') ?? '';
      return [{ index, name, megabytes: Number(fields[total]) / 1024 ** 2, pci: textOf(bus) }];
    }),
    nodes,
  );
}

const AmdCard = z.object({
  gpu: z.int(),
  asic: z.object({ market_name: z.string() }).partial().catch({}),
  bus: z.object({ bdf: z.string() }).partial().catch({}),
  vram: z
    .object({ size: z.object({ value: z.number(), unit: z.enum(['MB', 'GB']) }) })
    .transform(({ size }) => size.value * (size.unit === 'GB' ? 1024 : 1)),
});
const AmdCards = z.array(z.unknown());

/** @param text what `amd-smi` answers: a list, since ROCm 6.4 within `gpu_data` */
export function amdDevices(text: string, nodes: RenderNodes): readonly Device[] {
  const json = jsonIn(text);
  const list = Array.isArray(json) ? json : Cards.safeParse(json).data?.['gpu_data'];
  const cards = (AmdCards.safeParse(list).data ?? []).flatMap((value): readonly AmdCard[] => {
    const { data } = AmdCard.safeParse(value);
    if (data === undefined) return [];
    const { gpu, asic, bus: place, vram } = data;
    return [{ index: String(gpu), name: asic.market_name ?? '', megabytes: vram, pci: place.bdf ?? '' }];
  });
  return devicesOf(cards, nodes);
}

function devicesOf(cards: readonly AmdCard[], nodes: RenderNodes): readonly Device[] {
  return cards.flatMap(({ index, name, megabytes, pci }): readonly Device[] => {
    const vramGb = megabytes > 0 ? nominalGb(megabytes) : 0;
    if (vramGb === 0) return [];
    const id = `amd${index}`;
    const node = nodes.get(pci.toLowerCase());
    const card = { id, name: name === '' ? 'AMD card' : name, vramGb, access: 'rocm' as const };
    if (node !== undefined) return [{ ...card, lane: node, deviceId: node }];
    const unusable = 'which render node of /dev/dri is its own could not be found out';
    return [{ ...card, lane: pci === '' ? id : pci.toLowerCase(), deviceId: '', unusable }];
  });
}
