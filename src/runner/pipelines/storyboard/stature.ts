import type { ShotSize } from '../../../core/model/shotList.ts';
import { lerp } from './geometry.ts';
import type { Traits } from './traits.ts';

/** How much of a difference in height a framing keeps: for a close one people sit, lean or step closer. */
const kept: Readonly<Record<ShotSize, number>> = {
  ECU: 0.15,
  CU: 0.25,
  MCU: 0.4,
  MS: 0.55,
  MWS: 0.9,
  WS: 1,
  EWS: 1,
};

/** A character's height in this framing, relative to a grown person. */
export function statureOf({ height }: Traits, size: ShotSize): number {
  return lerp(1, height, kept[size]);
}

/** A small person's head is small, but less so than the body. */
export function headSizeOf({ height }: Traits): number {
  return lerp(1, height, 0.55);
}
