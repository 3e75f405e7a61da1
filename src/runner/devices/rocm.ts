import * as z from 'zod';
import type { Device } from './devices.ts';
import { jsonIn } from './jsonIn.ts';
import { nominalGb } from './nominalGb.ts';

export const rocmQuery = ['--showmeminfo', 'vram', '--showproductname', '--json'];

const total = 'VRAM Total Memory (B)';
const names = ['Card series', 'Card Series', 'Card model', 'Card Model'];
/** Of the first card; each next one has the next. */
const firstRenderNode = 128;

const Cards = z.record(z.string(), z.unknown());
const Card = z.record(z.string(), z.string());

/** @param text what `rocm-smi` answers: JSON, after whatever warnings */
export function rocmDevices(text: string): readonly Device[] {
  const cards = Object.entries(Cards.safeParse(jsonIn(text)).data ?? {});
  return cards
    .flatMap(([key, value]): readonly Device[] => {
      const [, index] = /^card(\d+)$/.exec(key) ?? [];
      const fields = Card.safeParse(value).data;
      const bytes = Number(fields?.[total]);
      if (index === undefined || !(bytes > 0)) return [];
      const name = names.map((one) => fields?.[one]).find((one) => one !== undefined && one !== '');
      return [
        {
          id: `amd${index}`,
          name: name ?? 'AMD card',
          vramGb: nominalGb(bytes / 1024 ** 2),
          access: 'rocm',
          deviceId: `/dev/dri/renderD${firstRenderNode + Number(index)}`,
        },
      ];
    })
    .filter(({ vramGb }) => vramGb > 0);
}
