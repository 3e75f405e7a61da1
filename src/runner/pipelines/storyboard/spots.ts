import type { Panel } from '../../../core/model/panel.ts';
import type { ShotSize } from '../../../core/model/shotList.ts';
import type { Blocking } from './blocking.ts';
import type { Camera } from './camera.ts';
import { clamp, lerp } from './geometry.ts';
import { Random } from './random.ts';
import type { Traits } from './traits.ts';

export type Side = 1 | -1;

/** Where one character stands, before poses and sizes are known. */
export interface Spot {
  /** Part of the picture width. */
  readonly at: number;
  readonly nearness: number;
  readonly facing: Side;
  readonly back?: boolean;
  readonly profile?: boolean;
  /** Part of the picture height, where a camera above everybody sees it. */
  readonly down?: number;
}

/** The cast and the camera of one panel. */
export interface Staged {
  readonly panel: Panel;
  readonly cast: readonly Traits[];
  readonly camera: Camera;
  readonly blocking: Blocking;
}

export const close: ReadonlySet<ShotSize> = new Set(['ECU', 'CU']);

/** One for each of the cast, in its order. */
export function chooseSpots(staged: Staged, random: Random): Spot[] {
  const { panel, cast, camera, blocking } = staged;
  const side = random.sign();
  const count = cast.length;
  if (count === 0) return [];
  if (count === 1) return [alone(staged, side, random)];
  if (panel.angle === 'birds-eye')
    return count === 2 ? pairBelow(camera, lineSide(panel), random) : group(count, side, random);
  if (blocking.grouping === 'over-shoulder') return shoulderAnd(staged, random);
  if (count === 2) return smallInFront(two(staged, random), cast);
  if (close.has(panel.size)) return shoulderAnd(staged, random);
  return group(count, side, random);
}

function two(staged: Staged, random: Random): Spot[] {
  const { panel, camera, blocking } = staged;
  const side = lineSide(panel);
  const inwards = (apart: number, profile: boolean): Spot[] =>
    [side, opposite(side)].map((facing) => ({
      at: 0.5 - facing * apart,
      nearness: random.between(0.97, 1.03),
      facing,
      ...(profile && { profile }),
    }));
  // Parts of the picture's width that a head takes.
  const head = camera.scale / camera.frame.width;
  switch (blocking.grouping) {
    case 'close':
      return inwards(Math.max(0.42 * head, 0.018), true);
    case 'facing':
      return inwards(clamp(head * random.between(1, 1.35), 0.09, 0.24), true);
    case 'back-to-back':
      return inwards(clamp(head * 0.75, 0.06, 0.22), false).map(({ facing, ...spot }) => ({
        ...spot,
        facing: opposite(facing),
      }));
    case 'side-by-side': {
      const facing = random.sign();
      return inwards(clamp(head * random.between(0.8, 1), 0.05, 0.22), false).map((spot) => ({
        ...spot,
        facing,
      }));
    }
    case 'two-shot':
      return pair(staged, side, random);
    default:
      return close.has(panel.size) || (panel.size === 'MCU' && random.chance(0.6))
        ? shoulderAnd(staged, random)
        : pair(staged, side, random);
  }
}

/**
 * Which of two is on the left all through a scene (1: the first of them). The camera keeps to one side of the
 * line between them, so that they look at each other from cut to cut.
 */
function lineSide({ address, characters }: Panel): Side {
  const names = characters.slice(0, 2).map(({ name }) => name);
  const scene = address.split('/').slice(0, -1).join('/');
  const firstIsLeft = new Random(0, `line:${scene}:${names.toSorted().join('|')}`).chance(0.5);
  return firstIsLeft === (names[0] === names.toSorted()[0]) ? 1 : -1;
}

/** Of two side by side the smaller stands nearer: nobody's shoulder hides a face. */
function smallInFront(spots: readonly Spot[], cast: readonly Traits[]): Spot[] {
  const [first, second] = spots;
  if (first === undefined || second === undefined || first.back === true || second.back === true)
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
function pairBelow({ frame }: Camera, side: Side, random: Random): Spot[] {
  const [along, across] = [random.between(0.2, 0.26), random.about(0.08)];
  const [x, y] = frame.width >= frame.height ? [along, across] : [across, along];
  return [
    { at: 0.5 - side * x, down: 0.5 - side * y, nearness: 1, facing: side },
    { at: 0.5 + side * x, down: 0.5 + side * y, nearness: 1, facing: opposite(side) },
  ];
}

function alone({ panel, blocking }: Staged, side: Side, random: Random): Spot {
  const look = blocking.actions[0]?.look;
  const wanted = look === 'left' ? -1 : look === 'right' ? 1 : undefined;
  const facing = wanted ?? (random.chance(0.85) ? opposite(side) : side);
  // The one who looks out of the picture has room to look into.
  const third = wanted === undefined ? side : opposite(wanted);
  if (blocking.shoulder === 0)
    return {
      at: 0.5 + side * random.between(0.26, 0.31),
      nearness: 1.12,
      facing: opposite(side),
      back: true,
    };
  const off = panel.size === 'ECU' ? 0.05 : panel.size === 'CU' ? 0.11 : 1 / 6;
  return { at: 0.5 + third * (off + random.about(off * 0.35)), nearness: 1, facing };
}

/** On the two thirds, looking at each other; where nobody speaks, one may look away. */
function pair({ panel }: Staged, side: Side, random: Random): Spot[] {
  const wide = panel.size === 'WS' || panel.size === 'EWS';
  const apart = wide ? random.between(0.11, 0.2) : random.between(0.17, 0.25);
  const shift = random.about(wide ? 0.1 : 0.03);
  const turned = panel.dialogue === undefined && random.chance(0.15);
  return [
    { at: 0.5 + shift - side * apart, nearness: random.between(0.97, 1.06), facing: side },
    {
      at: 0.5 + shift + side * apart,
      nearness: random.between(0.78, 1.04),
      facing: turned ? side : opposite(side),
    },
  ];
}

/** Over one's shoulder the other; whoever else is there stands behind. */
function shoulderAnd(staged: Staged, random: Random): Spot[] {
  const { panel, cast, blocking } = staged;
  const shoulder = blocking.shoulder ?? 1;
  const seen = shoulder === 0 ? 1 : 0;
  // Whoever is left in the scene stays left, seen from the front or from behind.
  const leftIsFirst = lineSide(panel) === 1;
  const [front, back] = overShoulder(staged, leftIsFirst === (seen === 0) ? -1 : 1, random);
  const others = crowd(cast.length - 2, random.sign(), random);
  return cast.map((_, i): Spot => {
    const spot = i === seen ? front : i === shoulder ? back : others.pop();
    return spot ?? { at: 0.5, nearness: 0.4, facing: 1 };
  });
}

/** The one we look at on one third, the other's back at the edge. */
function overShoulder(
  { panel, camera, blocking }: Staged,
  side: Side,
  random: Random,
): readonly [Spot, Spot] {
  const narrow = camera.frame.width < camera.frame.height;
  const wish = blocking.grouping === 'over-shoulder';
  if (panel.size === 'ECU' && !wish)
    return [
      { at: 0.5 + side * random.between(0.13, 0.17), nearness: 1, facing: opposite(side) },
      { at: 0.5 - side * random.between(0.35, 0.38), nearness: 0.62, facing: side },
    ];
  const far = panel.size === 'ECU' ? 0.6 : panel.size === 'CU' ? 0.92 : 0.9;
  return [
    {
      at: 0.5 + side * (random.between(0.1, 0.16) + (narrow ? 0.06 : 0)),
      nearness: far,
      facing: opposite(side),
    },
    {
      at: 0.5 - side * (random.between(0.35, 0.41) - (narrow ? 0.04 : 0)),
      nearness: panel.size === 'ECU' ? 0.8 : narrow ? 1.12 : 1.3,
      facing: side,
      back: true,
    },
  ];
}

function group(count: number, side: Side, random: Random): Spot[] {
  const spread = count === 3 ? 0.29 : 0.37;
  const spots = Array.from({ length: count }, (_, i): Spot => {
    const at = 0.5 + side * lerp(-spread, spread, i / (count - 1)) + random.about(0.12 / count);
    const inwards = at < 0.5 ? 1 : -1;
    const nearness = (i % 2 === 0 ? 1.04 : 0.76) * random.between(0.93, 1.05);
    return { at, nearness, facing: random.chance(0.85) ? inwards : opposite(inwards) };
  });
  return shuffled(spots, random);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

function crowd(count: number, side: Side, random: Random): Spot[] {
  return Array.from({ length: count }, (_, i) => ({
    at: clamp(0.5 + side * (0.4 - (i * 0.9) / (count + 0.5)) + random.about(0.03), 0.06, 0.94),
    nearness: random.between(0.3, 0.42),
    facing: random.sign(),
  }));
}

export function opposite(side: Side): Side {
  return side === 1 ? -1 : 1;
}
