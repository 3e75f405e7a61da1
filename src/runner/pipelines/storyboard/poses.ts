import type { Point } from './geometry.ts';

export type Pose = 'stand' | 'walk' | 'run' | 'sit' | 'floor' | 'kneel' | 'crouch' | 'lie' | 'bed';
export type Arms =
  | 'hang'
  | 'hip'
  | 'pocket'
  | 'gesture'
  | 'reach'
  | 'crossed'
  | 'lap'
  | 'swing'
  | 'point'
  | 'phone'
  | 'hold'
  | 'raise'
  | 'hug';

export interface Leg {
  readonly hip: Point;
  readonly knee: Point;
  readonly ankle: Point;
  /** Degrees the foot is turned, toe down. */
  readonly foot: number;
}

/** A body in heads, turned to the right; the head is always upright at x = 0, from y = 0 to 1. */
export interface PoseShape {
  /** From the crown to the floor. */
  readonly height: number;
  /** Where the hips are. */
  readonly hips: Point;
  /** The one farther from the camera first. */
  readonly legs: readonly [Leg, Leg];
  /** Where a coat or a dress falls, and how wide it is there. */
  readonly skirt: readonly (readonly [x: number, y: number, half: number])[];
  /** Drawn along the ground, with the face up. */
  readonly lying?: true;
  /** What the body rests on. */
  readonly support?: 'chair' | 'bed';
  /** What the arms do where nothing else is said. */
  readonly arms: readonly [Arms, ...Arms[]];
}

const leg = (hip: Point, knee: Point, ankle: Point, foot = 0): Leg => ({ hip, knee, ankle, foot });

const upright = ['hang', 'hip', 'pocket', 'gesture', 'reach', 'crossed', 'hang'] as const;
const seated = ['lap', 'lap', 'gesture', 'crossed'] as const;

const stand: PoseShape = {
  height: 7.5,
  hips: [0, 4.02],
  legs: [leg([0.24, 3.8], [0.26, 5.5], [0.3, 7.1]), leg([-0.25, 3.8], [-0.27, 5.55], [-0.3, 7.1])],
  skirt: [
    [0, 3.8, 0.73],
    [-0.02, 4.7, 0.79],
    [-0.03, 5.7, 0.86],
  ],
  arms: upright,
};

const lie: PoseShape = { ...stand, height: 1.25, lying: true, arms: ['hang', 'lap', 'hang'] };

export const poses: Readonly<Record<Pose, PoseShape>> = {
  stand,
  walk: {
    ...stand,
    legs: [
      leg([0.24, 3.8], [0.52, 5.45], [0.8, 7.08], -12),
      leg([-0.25, 3.8], [-0.2, 5.55], [-0.9, 6.9], 32),
    ],
    arms: ['swing', 'hang', 'gesture'],
  },
  run: {
    height: 7,
    hips: [-0.75, 3.85],
    legs: [leg([-0.6, 3.7], [0.6, 4.8], [0.5, 6.4], -14), leg([-0.85, 3.7], [-0.75, 5.3], [-2.2, 5.75], 78)],
    skirt: [
      [-0.75, 3.8, 0.66],
      [-0.6, 4.3, 0.78],
      [-0.55, 4.75, 0.9],
    ],
    arms: ['swing'],
  },
  sit: {
    height: 6.15,
    hips: [-0.3, 4.1],
    legs: [leg([0, 3.85], [1.55, 4.05], [1.7, 5.62]), leg([-0.4, 3.95], [1.15, 4.2], [1.12, 5.75])],
    skirt: [
      [-0.25, 4, 0.52],
      [0.5, 4.2, 0.5],
      [1.25, 4.45, 0.48],
    ],
    support: 'chair',
    arms: seated,
  },
  floor: {
    height: 4.6,
    hips: [-0.35, 4.05],
    legs: [leg([0, 3.9], [1.55, 3.15], [2.25, 4.2]), leg([-0.4, 3.95], [1.1, 3.0], [1.7, 4.25])],
    skirt: [
      [-0.3, 4, 0.5],
      [0.3, 3.75, 0.5],
      [0.85, 3.45, 0.44],
    ],
    arms: ['lap', 'lap', 'gesture'],
  },
  kneel: {
    height: 5.9,
    hips: [-0.12, 4],
    legs: [leg([0.1, 3.85], [1.15, 4.3], [1.1, 5.5]), leg([-0.3, 3.9], [0.05, 5.55], [-1.4, 5.6], 80)],
    skirt: [
      [-0.1, 3.9, 0.6],
      [-0.05, 4.4, 0.64],
      [0, 4.95, 0.66],
    ],
    arms: ['lap', 'reach', 'hang'],
  },
  crouch: {
    height: 5.42,
    hips: [-0.75, 3.6],
    legs: [leg([-0.5, 3.5], [1.05, 3.65], [0.55, 5.0]), leg([-0.8, 3.5], [0.62, 3.85], [-0.1, 5.05])],
    skirt: [
      [-0.7, 3.6, 0.55],
      [-0.2, 3.75, 0.55],
      [0.35, 3.95, 0.5],
    ],
    arms: ['lap', 'reach'],
  },
  lie,
  bed: { ...lie, height: 2.5, support: 'bed' },
};

/** How high a pose is, where a standing figure is 1. */
export function heightOf(pose: Pose): number {
  return poses[pose].height / stand.height;
}

type Joints = readonly [shoulder: Point, elbow: Point, wrist: Point];

const nearShoulder: Point = [-0.58, 1.58];
const farShoulder: Point = [0.5, 1.56];
const near = (elbow: Point, wrist: Point): Joints => [nearShoulder, elbow, wrist];
const far = (elbow: Point, wrist: Point): Joints => [farShoulder, elbow, wrist];

export const nearArms: Readonly<Record<Arms, Joints>> = {
  hang: near([-0.74, 2.75], [-0.66, 3.8]),
  hip: near([-1.12, 2.6], [-0.56, 3.2]),
  pocket: near([-0.88, 2.7], [-0.55, 3.65]),
  gesture: near([-0.7, 2.75], [0.12, 2.45]),
  reach: near([-0.74, 2.75], [-0.6, 3.8]),
  crossed: near([-0.72, 2.62], [0.28, 2.5]),
  lap: near([-0.72, 2.72], [0.3, 3.4]),
  swing: near([-1.12, 2.45], [-0.75, 3.3]),
  point: near([-0.74, 2.75], [-0.62, 3.8]),
  phone: near([-0.8, 2.72], [-0.5, 3.65]),
  hold: near([-0.62, 2.66], [0.48, 2.72]),
  raise: near([-0.74, 2.75], [-0.66, 3.8]),
  hug: near([-0.1, 2.45], [0.95, 2.15]),
};

export const farArms: Readonly<Record<Arms, Joints>> = {
  hang: far([0.64, 2.7], [0.66, 3.72]),
  hip: far([0.66, 2.7], [0.62, 3.7]),
  pocket: far([0.8, 2.68], [0.5, 3.6]),
  gesture: far([0.78, 2.6], [1.22, 2.3]),
  reach: far([0.86, 2.5], [1.5, 2.28]),
  crossed: far([0.66, 2.55], [-0.2, 2.62]),
  lap: far([0.72, 2.66], [0.85, 3.45]),
  swing: far([0.86, 2.45], [1.32, 1.98]),
  point: far([1.25, 1.72], [2.02, 1.62]),
  phone: far([1.12, 2.2], [0.5, 1.12]),
  hold: far([0.78, 2.6], [0.98, 2.62]),
  raise: far([1.12, 1.2], [1.1, 0.18]),
  hug: far([1.0, 1.95], [1.7, 1.75]),
};
