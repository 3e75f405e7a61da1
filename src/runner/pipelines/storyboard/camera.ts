import type { Panel } from '../../../core/model/panel.ts';
import type { CameraAngle, ShotSize } from '../../../core/model/shotList.ts';
import type { Blocking } from './blocking.ts';
import { clamp, rotate, type Point, type Rect } from './geometry.ts';
import { heightOf } from './poses.ts';
import type { Random } from './random.ts';
import { headSizeOf, statureOf } from './stature.ts';
import type { Traits } from './traits.ts';

/**
 * What the camera sees. The world is measured in heads (23 cm): x to the right, y up from the floor, z in
 * distances of the main figure, who stands at z = 1.
 */
export interface Camera {
  readonly frame: Rect;
  readonly angle: CameraAngle;
  readonly size: ShotSize;
  /** Where lines that lead away meet; its y is the horizon. */
  readonly vanishing: Point;
  /** Page units of one grown person's head at z = 1. */
  readonly scale: number;
  /** Heads above the floor of the place. */
  readonly height: number;
  /** Heads above the feet of the main figure. */
  readonly footing: number;
  /** Heads from the camera to z = 1. */
  readonly distance: number;
  /** Millimetres. */
  readonly lens: number;
  /** Degrees. */
  readonly roll: number;
  project(x: number, y: number, z: number): Point;
}

interface Framing {
  /** One head's part of the picture height. */
  readonly head: number;
  /** Where the eyes are in the picture, from the top. */
  readonly eyes: number;
  readonly lens: number;
  /** The widest a head may be of the picture width. */
  readonly widest: number;
}

const framings: Readonly<Record<ShotSize, Framing>> = {
  ECU: { head: 1.28, eyes: 0.4, lens: 100, widest: 1.5 },
  CU: { head: 0.6, eyes: 0.41, lens: 85, widest: 0.72 },
  MCU: { head: 0.37, eyes: 0.34, lens: 65, widest: 0.46 },
  MS: { head: 0.24, eyes: 0.28, lens: 50, widest: 0.34 },
  MWS: { head: 0.155, eyes: 0.25, lens: 40, widest: 0.24 },
  WS: { head: 0.098, eyes: 0.235, lens: 35, widest: 0.17 },
  EWS: { head: 0.037, eyes: 0.6, lens: 28, widest: 0.06 },
};

/** The horizon in close framings, where the camera is turned rather than moved. */
const turned: Readonly<Record<CameraAngle, number>> = {
  low: 0.9,
  eye: 0.45,
  high: 0.04,
  'birds-eye': 0,
  dutch: 0.47,
};
/** The horizon where nobody is in the picture, whose composition is then the place's own. */
const empty: Readonly<Record<CameraAngle, number>> = {
  low: 0.74,
  eye: 0.52,
  high: 0.2,
  'birds-eye': 0,
  dutch: 0.52,
};
/** The height of the camera in wide framings, in heads. */
const stands: Readonly<Record<CameraAngle, number>> = {
  low: 1.3,
  eye: 4.8,
  high: 13,
  'birds-eye': 30,
  dutch: 4.4,
};

const sensorHeight = 24;
const standing = 7.5;

export interface Subject {
  readonly panel: Panel;
  readonly cast: readonly Traits[];
  readonly frame: Rect;
  readonly blocking: Blocking;
}

/** How much nearer a camera that looks up or down goes: what is behind then runs together or away. */
const drama: Readonly<Record<CameraAngle, number>> = {
  low: 0.5,
  eye: 1,
  high: 0.42,
  'birds-eye': 1,
  dutch: 0.9,
};

const wide: ReadonlySet<ShotSize> = new Set(['MWS', 'WS', 'EWS']);
/** Those of two that share the picture's width. */
const sharing: ReadonlySet<Blocking['grouping']> = new Set([
  'two-shot',
  'facing',
  'side-by-side',
  'back-to-back',
  'close',
]);

/** Set to the tallest of the cast, so that a child alone fills the framing as a grown person would. */
export function placeCamera(subject: Subject, random: Random): Camera {
  const { panel, frame } = subject;
  const framing = framings[panel.size];
  const lens = clamp(panel.lens ?? framing.lens, 10, 400);
  const { scale, headTop, feet, stature } = measure(subject, random);
  const horizon =
    panel.characters.length === 0
      ? frame.y + frame.height * (empty[panel.angle] + random.about(0.04))
      : wide.has(panel.size) || feet < frame.y + frame.height * 0.98
        ? clamp(
            feet - stands[panel.angle] * scale * stature,
            frame.y - frame.height * 0.12,
            frame.y + frame.height * 0.93,
          )
        : frame.y + frame.height * turned[panel.angle];
  const footing = panel.characters.length === 0 ? stands[panel.angle] * 1.3 : (feet - horizon) / scale;
  const vanishing: Point = [frame.x + frame.width * (0.5 + random.about(0.14)), horizon];
  const near = panel.size === 'WS' || panel.size === 'EWS' ? 1 : drama[panel.angle];
  // Lying people are close to the floor, the place is not.
  const height = Math.max(footing, (headTop - horizon) / scale + 1.2);
  return {
    frame,
    angle: panel.angle,
    size: panel.size,
    vanishing,
    scale,
    height,
    footing,
    distance: ((frame.height / scale) * lens * near) / sensorHeight,
    lens,
    roll: rollOf(panel, frame, random),
    project: (x, y, z) => [
      vanishing[0] + (x * scale) / Math.max(z, 0.05),
      horizon + ((height - y) * scale) / Math.max(z, 0.05),
    ],
  };
}

interface Measure {
  readonly scale: number;
  readonly headTop: number;
  readonly feet: number;
  readonly stature: number;
}

/** How large the main figure is, and where it is cut off. */
function measure({ panel, cast, frame, blocking }: Subject, random: Random): Measure {
  const framing = framings[panel.size];
  const tallest = tallestOf(panel, cast);
  const shared = sharing.has(blocking.grouping) && panel.size !== 'ECU' ? 0.4 : 0.9;
  const widest = cast.length > 1 ? Math.min(framing.widest, shared) : framing.widest;
  const head = Math.min(framing.head * frame.height, widest * frame.width) * random.between(0.96, 1.04);
  const scale = head / tallest.head;
  const lowered = loweredTo(blocking, cast);
  const lying = lowered < 0.4;
  const eyes = lying && !(panel.size === 'EWS') ? 0.56 : framing.eyes;
  const headTop = frame.y + (eyes + shiftOf(panel) + random.about(0.012)) * frame.height - 0.47 * head;
  const whole = standing * scale * tallest.stature;
  // A wide framing shows the floor where it always is; a closer one follows the head.
  const shown = panel.size === 'WS' || panel.size === 'EWS' ? whole : whole * lowered;
  const feet = lying ? headTop + whole * lowered : headTop + shown;
  return { scale, headTop, feet, stature: tallest.stature };
}

/** From afar people are shown as small as they are. */
function tallestOf({ size }: Panel, cast: readonly Traits[]): { stature: number; head: number } {
  const known = size === 'EWS' ? [] : cast;
  if (known.length === 0) return { stature: 1, head: 1 };
  return {
    stature: Math.max(...known.map((traits) => statureOf(traits, size))),
    head: Math.max(...known.map(headSizeOf)),
  };
}

/** The height of whoever's pose is highest, where a standing figure is 1. */
function loweredTo({ actions }: Blocking, cast: readonly Traits[]): number {
  const heights = cast.map((_, i) => heightOf(actions[i]?.pose ?? 'stand'));
  return heights.length === 0 ? 1 : Math.max(...heights);
}

/** Less in a long frame, whose ends a turn would carry far away. */
function rollOf({ angle }: Panel, { width, height }: Rect, random: Random): number {
  const long = Math.min(1, (1.8 * Math.min(width, height)) / Math.max(width, height));
  return long * (angle === 'dutch' ? random.sign() * random.between(8, 12) : random.about(0.4));
}

/** Where a point of the upright picture is once the camera is turned. */
export function onPage({ frame, roll }: Camera, point: Point): Point {
  const middle: Point = [frame.x + frame.width / 2, frame.y + frame.height / 2];
  return rotate(point, middle, (roll * Math.PI) / 180);
}

/** A high camera leaves less head room, a low one more of the ceiling. */
function shiftOf({ angle, size }: Panel): number {
  if (size === 'EWS') return angle === 'high' ? -0.12 : angle === 'low' ? 0.09 : 0;
  if (size === 'ECU') return angle === 'low' ? -0.03 : angle === 'high' ? 0.03 : 0;
  return angle === 'low' ? 0.015 : angle === 'high' ? 0.02 : 0;
}

/** The z of something so many heads behind (or, negative, before) the main figure. */
export function behind(camera: Camera, heads: number): number {
  return Math.max(0.2, (camera.distance + heads) / camera.distance);
}

/** The world x that is seen at this page x, at a distance. */
export function xAt(camera: Camera, pageX: number, z: number): number {
  return ((pageX - camera.vanishing[0]) * z) / camera.scale;
}
