import * as z from 'zod';
import type { Device } from './device.ts';
import { jsonIn } from './jsonIn.ts';

export const appleQuery = ['SPDisplaysDataType', '-json'];

const Display = z.object({ sppci_model: z.string(), spdisplays_vendor: z.string().optional() });
const Displays = z.object({ SPDisplaysDataType: z.array(z.unknown()) });

/** What Metal lets its programs have of the memory that processor and graphics share. */
const share = 0.75;

/** @param text what `system_profiler` answers */
export function appleDevices(text: string, memoryBytes: number): readonly Device[] {
  const displays = Displays.safeParse(jsonIn(text)).data?.SPDisplaysDataType ?? [];
  return displays.flatMap((display, index): readonly Device[] => {
    const { data } = Display.safeParse(display);
    const isApple =
      data?.spdisplays_vendor === 'sppci_vendor_Apple' || /^Apple\b/.test(data?.sppci_model ?? '');
    if (data === undefined || !isApple) return [];
    const vramGb = Math.floor((memoryBytes * share) / 1024 ** 3);
    return [
      {
        id: `apple${index}`,
        lane: `apple${index}`,
        name: data.sppci_model,
        vramGb,
        access: 'none',
        deviceId: String(index),
        unusable: 'engines hand no graphics of Apple processors to containers',
      },
    ];
  });
}
