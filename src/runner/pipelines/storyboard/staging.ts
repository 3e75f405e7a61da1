import type { Panel } from '../../../core/model/panel.ts';
import type { ShotSize } from '../../../core/model/shotList.ts';
import type { Action } from './blocking.ts';
import { clamp, type Rect } from './geometry.ts';
import { heightOf, poses, type Arms, type Pose } from './poses.ts';
import type { Random } from './random.ts';
import { chooseSpots, close, opposite, type Side, type Spot, type Staged } from './spots.ts';
import { headSizeOf, statureOf } from './stature.ts';
import type { Traits } from './traits.ts';

/** One character's place in the picture. */
export interface Placed {
  readonly traits: Traits;
  /** Page x of the head. */
  readonly x: number;
  /** Page y of the top of the head. */
  readonly top: number;
  /** Page units of one of this character's heads. */
  readonly scale: number;
  /** Page units from the top of the head to the floor. */
  readonly length: number;
  readonly facing: Side;
  /** Seen from behind. */
  readonly back: boolean;
  /** Seen from the side. */
  readonly profile: boolean;
  /** Looks at whoever looks at the picture. */
  readonly atCamera: boolean;
  readonly pose: Pose;
  readonly arms: Arms;
  /** Nearer is more. */
  readonly nearness: number;
}

/** Framings that show feet. */
const upright: ReadonlySet<ShotSize> = new Set(['MWS', 'WS', 'EWS']);

/** Farthest first. */
export function stage(staged: Staged, random: Random): Placed[] {
  const { cast, blocking } = staged;
  const spots = looking(chooseSpots(staged, random), blocking.actions);
  return cast
    .flatMap((traits, i) => {
      const spot = spots[i];
      return spot === undefined
        ? []
        : [place({ ...staged, traits, spot, action: blocking.actions[i] ?? {} }, random)];
    })
    .sort((a, b) => a.nearness - b.nearness);
}

/** Eyelines: towards whom the words say, and back to whoever is spoken to. */
function looking(spots: readonly Spot[], actions: readonly Action[]): Spot[] {
  return spots.map((spot, i) => {
    const { look, view, depth } = actions[i] ?? {};
    const other = typeof look === 'object' ? spots[look.at] : undefined;
    const towards: Side | undefined =
      other !== undefined && other.at !== spot.at
        ? other.at > spot.at
          ? 1
          : -1
        : look === 'left'
          ? -1
          : look === 'right'
            ? 1
            : undefined;
    const turnedAway = view === 'back' && spots.length === 2 && towards === undefined;
    const facing = towards ?? (turnedAway ? opposite(spot.facing) : spot.facing);
    const nearness =
      depth === 'foreground' ? Math.max(1.15, spot.nearness) : depth === 'background' ? 0.6 : spot.nearness;
    return {
      ...spot,
      facing,
      nearness,
      back: spot.back ?? view === 'back',
      profile: (spot.profile ?? false) || view === 'profile',
    };
  });
}

interface Placing extends Staged {
  readonly traits: Traits;
  readonly spot: Spot;
  readonly action: Action;
}

function place(placing: Placing, random: Random): Placed {
  const { traits, spot, action, panel, camera } = placing;
  const { frame, vanishing } = camera;
  if (panel.angle === 'birds-eye') return placeBelow(placing, random);
  const pose = action.pose ?? 'stand';
  const unit = camera.scale * spot.nearness;
  const scale = unit * headSizeOf(traits);
  const length = 7.5 * unit * statureOf(traits, panel.size) * heightOf(pose);
  const top = vanishing[1] + camera.footing * unit - length;
  const back = spot.back === true || (panel.size === 'EWS' && random.chance(0.3));
  return {
    traits,
    x: frame.x + frame.width * placeAcross({ spot, pose, scale, panel, frame }),
    top: upright.has(panel.size) ? top : faceInside(top, scale, frame),
    scale,
    length,
    facing: spot.facing,
    back,
    profile: !back && spot.profile === true,
    atCamera: action.look === 'camera',
    pose,
    arms: action.arms ?? random.pick(...poses[pose].arms),
    nearness: spot.nearness,
  };
}

/** A body that lies is many heads long: alone in the picture its middle, not its head, is on the third. */
function placeAcross({
  spot,
  pose,
  scale,
  panel,
  frame,
}: {
  spot: Spot;
  pose: Pose;
  scale: number;
  panel: Panel;
  frame: Rect;
}): number {
  if (poses[pose].lying !== true || panel.characters.length > 2) return spot.at;
  const head = scale / frame.width;
  return clamp(spot.at - spot.facing * Math.min(0.34, 3.4 * head), 0.03 + head * 0.6, 0.97 - head * 0.6);
}

/** A framing that cuts figures off below shows none of their feet, so a face may be brought into it. */
function faceInside(top: number, scale: number, { y, height }: Rect): number {
  const highest = y + Math.min(height * 0.04, height * 0.34 - scale * 0.47);
  const lowest = y + Math.max(height * 0.88 - scale, height * 0.48 - scale * 0.47);
  return clamp(top, highest, lowest);
}

/** Under a camera that looks straight down: spread over the floor rather than along a line. */
function placeBelow({ traits, spot, action, panel, camera }: Placing, random: Random): Placed {
  const { frame } = camera;
  const tight = close.has(panel.size) ? 0.06 : 0.2;
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
    profile: false,
    atCamera: false,
    pose: action.pose ?? 'stand',
    arms: action.arms ?? random.pick<Arms>('hang', 'reach', 'gesture'),
    nearness: 1,
  };
}
