import type { Panel } from '../../../core/model/panel.ts';
import type { Camera } from './camera.ts';
import { clamp, lerp } from './geometry.ts';
import type { Random } from './random.ts';
import { traitsOf, type Traits } from './traits.ts';

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
}

/** As many as can be told apart; the legend names the rest. */
const mostFigures = 9;

const close = new Set(['ECU', 'CU']);

export function stage(panel: Panel, camera: Camera, random: Random): Placed[] {
  const cast = panel.characters.slice(0, mostFigures).map(traitsOf);
  const spots = chooseSpots(panel, cast.length, random);
  return cast
    .flatMap((traits, i) => {
      const spot = spots[i];
      return spot === undefined ? [] : [place({ traits, spot, panel, camera }, random)];
    })
    .sort((a, b) => a.nearness - b.nearness);
}

function chooseSpots(panel: Panel, count: number, random: Random): Spot[] {
  const side = random.sign();
  if (count <= 1) return [alone(panel, side, random)];
  if (panel.angle === 'birds-eye')
    return count === 2 ? pair(panel, side, random) : group(count, side, random);
  if (count === 2)
    return close.has(panel.size) || panel.size === 'MCU'
      ? overShoulder(panel, side, random)
      : pair(panel, side, random);
  if (close.has(panel.size)) return [...overShoulder(panel, side, random), ...crowd(count - 2, side, random)];
  return group(count, side, random);
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
function overShoulder(panel: Panel, side: 1 | -1, random: Random): Spot[] {
  if (panel.size === 'ECU')
    return [alone(panel, side, random), { at: 0.5 - side * 0.62, nearness: 0.62, facing: side }];
  if (panel.size === 'MCU' && random.chance(0.4)) return pair(panel, side, random);
  return [
    { at: 0.5 + side * random.between(0.1, 0.15), nearness: 0.96, facing: opposite(side) },
    { at: 0.5 - side * random.between(0.36, 0.41), nearness: 1.28, facing: side, back: true },
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
  const { frame, height, vanishing } = camera;
  if (panel.angle === 'birds-eye') return placeBelow({ traits, spot, panel, camera }, random);
  const unit = camera.scale * spot.nearness;
  // In a close framing the camera is set to each face; in a wide one everybody stands on the same floor.
  const tall = close.has(panel.size) ? lerp(1, traits.height, 0.3) : traits.height;
  const scale = unit * lerp(1, traits.height, 0.55);
  const feet = vanishing[1] + height * unit;
  return {
    traits,
    x: frame.x + frame.width * spot.at,
    top: feet - 7.5 * unit * tall,
    scale,
    length: 7.5 * unit * tall,
    facing: spot.facing,
    back: spot.back ?? (panel.size === 'EWS' && random.chance(0.3)),
    arms: random.pick<Arms>('hang', 'hip', 'pocket', 'gesture', 'reach', 'crossed', 'hang'),
    walking: /\b(walk|run|chas|stride|march|cross|enter|leav|hurr|flee|step)/i.test(panel.description),
    nearness: spot.nearness,
  };
}

/** Under a camera that looks straight down: spread over the floor rather than along a line. */
function placeBelow(
  { traits, spot, panel, camera }: { traits: Traits; spot: Spot; panel: Panel; camera: Camera },
  random: Random,
): Placed {
  const { frame } = camera;
  const tight = panel.size === 'ECU' || panel.size === 'CU' ? 0.06 : 0.2;
  const scale =
    camera.scale * (close.has(panel.size) ? 0.62 : panel.size === 'EWS' ? 1 : 0.8) * traits.height;
  const away = panel.characters.length > 1 ? random.between(0.3, 1) * random.sign() : random.about(0.6);
  return {
    traits,
    x: frame.x + frame.width * (0.5 + (spot.at - 0.5) * (close.has(panel.size) ? 0.8 : 1)),
    top: frame.y + frame.height * (0.5 + away * tight) - scale / 2,
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
