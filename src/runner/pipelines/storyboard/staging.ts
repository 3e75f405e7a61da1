import type { Panel } from '../../../core/model/panel.ts';
import type { Camera } from './camera.ts';
import { clamp, lerp, type Rect } from './geometry.ts';
import type { Random } from './random.ts';
import { headSizeOf, statureOf } from './stature.ts';
import type { Traits } from './traits.ts';

export type Arms = 'hang' | 'hip' | 'pocket' | 'gesture' | 'reach' | 'crossed';

/** One character's place in the picture. */
export interface Placed {
  readonly traits: Traits;
  /** Page x of the spine. */
  readonly x: number;
  /** Page y of the top of the head. */
  readonly top: number;
  /** Page units of one of this character's heads. */
  readonly scale: number;
  /** Page units from the top of the head to the floor. */
  readonly length: number;
  readonly facing: 1 | -1;
  /** Seen from behind. */
  readonly back: boolean;
  readonly arms: Arms;
  readonly walking: boolean;
  /** Nearer is more. */
  readonly nearness: number;
}

interface Spot {
  /** Part of the picture width. */
  readonly at: number;
  readonly nearness: number;
  readonly facing: 1 | -1;
  readonly back?: boolean;
  /** Part of the picture height, where a camera above everybody sees it. */
  readonly down?: number;
}

const close = new Set(['ECU', 'CU']);
/** Framings that show feet. */
const upright = new Set(['MWS', 'WS', 'EWS']);

/** The cast and the camera of one panel. */
export interface Staged {
  readonly panel: Panel;
  readonly cast: readonly Traits[];
  readonly camera: Camera;
}

/** Farthest first. */
export function stage({ panel, cast, camera }: Staged, random: Random): Placed[] {
  const spots = smallInFront(chooseSpots({ panel, cast, camera }, random), cast);
  return cast
    .flatMap((traits, i) => {
      const spot = spots[i];
      return spot === undefined ? [] : [place({ traits, spot, panel, camera }, random)];
    })
    .sort((a, b) => a.nearness - b.nearness);
}

function chooseSpots({ panel, cast, camera }: Staged, random: Random): Spot[] {
  const side = random.sign();
  const count = cast.length;
  if (count <= 1) return [alone(panel, side, random)];
  if (panel.angle === 'birds-eye')
    return count === 2 ? pairBelow(camera, side, random) : group(count, side, random);
  if (count === 2)
    return close.has(panel.size) || panel.size === 'MCU'
      ? overShoulder({ panel, camera }, side, random)
      : pair(panel, side, random);
  if (close.has(panel.size))
    return [...overShoulder({ panel, camera }, side, random), ...crowd(count - 2, side, random)];
  return group(count, side, random);
}

/** Of two side by side the smaller stands nearer: nobody's shoulder hides a face. */
function smallInFront(spots: readonly Spot[], cast: readonly Traits[]): Spot[] {
  const [first, second] = spots;
  if (first === undefined || second === undefined || spots.length > 2 || first.back || second.back)
    return [...spots];
  const nearness = [first.nearness, second.nearness].sort((a, b) => b - a);
  const firstIsSmaller = (cast[0]?.height ?? 1) <= (cast[1]?.height ?? 1);
  const [mine = 1, other = 1] = firstIsSmaller ? nearness : nearness.toReversed();
  return [
    { ...first, nearness: mine },
    { ...second, nearness: other },
  ];
}

/** Seen from above: apart along the longer side of the picture. */
function pairBelow({ frame }: Camera, side: 1 | -1, random: Random): Spot[] {
  const [along, across] = [random.between(0.22, 0.26), random.about(0.06)];
  const [x, y] = frame.width >= frame.height ? [along, across] : [across, along];
  return [
    { at: 0.5 - side * x, down: 0.5 - side * y, nearness: 1, facing: side },
    { at: 0.5 + side * x, down: 0.5 + side * y, nearness: 1, facing: opposite(side) },
  ];
}

function alone(panel: Panel, side: 1 | -1, random: Random): Spot {
  const third = panel.size === 'ECU' ? 0.05 : panel.size === 'CU' ? 0.11 : 1 / 6;
  const facing = random.chance(0.85) ? -side : side;
  return { at: 0.5 + side * (third + random.about(0.025)), nearness: 1, facing: facing === 1 ? 1 : -1 };
}

function pair(panel: Panel, side: 1 | -1, random: Random): Spot[] {
  const apart =
    panel.size === 'WS' || panel.size === 'EWS' ? random.between(0.11, 0.2) : random.between(0.18, 0.25);
  const turned = random.chance(0.15);
  return [
    { at: 0.5 - side * apart, nearness: random.between(0.97, 1.06), facing: side },
    { at: 0.5 + side * apart, nearness: random.between(0.78, 1.04), facing: turned ? side : opposite(side) },
  ];
}

/** The one we look at on one third, the other's back at the edge. */
function overShoulder({ panel, camera }: Omit<Staged, 'cast'>, side: 1 | -1, random: Random): Spot[] {
  const narrow = camera.frame.width < camera.frame.height;
  if (panel.size === 'ECU')
    return [
      { at: 0.5 + side * random.between(0.13, 0.17), nearness: 1, facing: opposite(side) },
      { at: 0.5 - side * random.between(0.35, 0.38), nearness: 0.62, facing: side },
    ];
  if (panel.size === 'MCU' && random.chance(0.4)) return pair(panel, side, random);
  return [
    {
      at: 0.5 + side * (random.between(0.1, 0.15) + (narrow ? 0.06 : 0)),
      nearness: 0.96,
      facing: opposite(side),
    },
    {
      at: 0.5 - side * (random.between(0.36, 0.41) - (narrow ? 0.04 : 0)),
      nearness: narrow ? 1.12 : 1.28,
      facing: side,
      back: true,
    },
  ];
}

function group(count: number, side: 1 | -1, random: Random): Spot[] {
  const spread = count === 3 ? 0.29 : 0.37;
  const spots = Array.from({ length: count }, (_, i) => {
    const at = 0.5 + side * lerp(-spread, spread, i / (count - 1)) + random.about(0.12 / count);
    const inwards: 1 | -1 = at < 0.5 ? 1 : -1;
    const nearness = (i % 2 === 0 ? 1.04 : 0.76) * random.between(0.93, 1.05);
    return { at, nearness, facing: random.chance(0.85) ? inwards : opposite(inwards) };
  });
  return shuffled<Spot>(spots, random);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

function crowd(count: number, side: 1 | -1, random: Random): Spot[] {
  return Array.from({ length: count }, (_, i) => ({
    at: clamp(0.5 + side * (0.4 - (i * 0.9) / (count + 0.5)) + random.about(0.03), 0.06, 0.94),
    nearness: random.between(0.3, 0.42),
    facing: random.sign(),
  }));
}

function place(
  { traits, spot, panel, camera }: { traits: Traits; spot: Spot; panel: Panel; camera: Camera },
  random: Random,
): Placed {
  const { frame, vanishing } = camera;
  if (panel.angle === 'birds-eye') return placeBelow({ traits, spot, panel, camera }, random);
  const unit = camera.scale * spot.nearness;
  const scale = unit * headSizeOf(traits);
  const length = 7.5 * unit * statureOf(traits, panel.size);
  const top = vanishing[1] + camera.height * unit - length;
  return {
    traits,
    x: frame.x + frame.width * spot.at,
    top: upright.has(panel.size) ? top : faceInside(top, scale, frame),
    scale,
    length,
    facing: spot.facing,
    back: spot.back ?? (panel.size === 'EWS' && random.chance(0.3)),
    arms: random.pick<Arms>('hang', 'hip', 'pocket', 'gesture', 'reach', 'crossed', 'hang'),
    walking: /\b(walk|run|chas|stride|march|cross|enter|leav|hurr|flee|step)/i.test(panel.description),
    nearness: spot.nearness,
  };
}

/** A framing that cuts figures off below shows none of their feet, so a face may be brought into it. */
function faceInside(top: number, scale: number, { y, height }: Rect): number {
  const highest = y + Math.min(height * 0.04, height * 0.34 - scale * 0.47);
  const lowest = y + Math.max(height * 0.88 - scale, height * 0.48 - scale * 0.47);
  return clamp(top, highest, lowest);
}

/** Under a camera that looks straight down: spread over the floor rather than along a line. */
function placeBelow(
  { traits, spot, panel, camera }: { traits: Traits; spot: Spot; panel: Panel; camera: Camera },
  random: Random,
): Placed {
  const { frame } = camera;
  const tight = panel.size === 'ECU' || panel.size === 'CU' ? 0.06 : 0.2;
  const [longer, shorter] = [Math.max(frame.width, frame.height), Math.min(frame.width, frame.height)];
  // The shoulders are two heads wide: they must have room, beside another's as well.
  const widest = spot.down === undefined ? shorter * 0.6 : Math.min(shorter * 0.6, longer * 0.21);
  const size = close.has(panel.size) ? 0.62 : panel.size === 'EWS' ? 1.3 : 0.8;
  const scale = Math.min(camera.scale * size, widest) * headSizeOf(traits);
  const away = panel.characters.length > 1 ? random.between(0.3, 1) * random.sign() : random.about(0.6);
  return {
    traits,
    x:
      frame.x +
      frame.width * (0.5 + (spot.at - 0.5) * (close.has(panel.size) && spot.down === undefined ? 0.8 : 1)),
    top: frame.y + frame.height * (spot.down ?? 0.5 + away * tight) - scale / 2,
    scale,
    length: scale * 1.5,
    facing: spot.facing,
    back: false,
    arms: random.pick<Arms>('hang', 'reach', 'gesture'),
    walking: false,
    nearness: 1,
  };
}

function opposite(side: 1 | -1): 1 | -1 {
  return side === 1 ? -1 : 1;
}
