import type { Point } from './geometry.ts';
import { rotate } from './geometry.ts';
import type { Rig } from './rig.ts';

type Joints = readonly [shoulder: Point, elbow: Point, wrist: Point];

const sleeve = [0.21, 0.17, 0.115] as const;

export function arm(rig: Rig, joints: Joints, cloth: string): void {
  const wide = rig.placed.traits.build;
  const near = joints[0][0] < 0;
  const side = near ? -1 : 1;
  // From the side one shoulder hides the other.
  const shift = rig.placed.profile ? (near ? 0.44 : -0.3) : 0;
  const [[sx, sy], elbow, wrist] = [
    [joints[0][0] * wide + shift, joints[0][1]],
    moved(joints[1], shift),
    moved(joints[2], shift),
  ] as const;
  const tucked = rig.placed.arms === 'pocket' && !rig.placed.back;
  if (!tucked) hand(rig, elbow, wrist);
  rig.limb(
    [[sx - side * 0.05, sy - 0.16], [sx, sy + 0.1], mid([sx, sy], elbow), elbow, mid(elbow, wrist), wrist],
    [0.13, sleeve[0], sleeve[0] * 0.92, sleeve[1], sleeve[1] * 0.9, sleeve[2]],
    { colour: cloth, inked: near ? [0, 3] : [3, 0] },
  );
}

function moved([x, y]: Point, by: number): Point {
  return [x + by, y];
}

function hand(rig: Rig, elbow: Point, [x, y]: Point): void {
  const length = Math.hypot(x - elbow[0], y - elbow[1]) || 1;
  const [dx, dy] = [(x - elbow[0]) / length, (y - elbow[1]) / length];
  const point = (along: number, across: number): Point => [
    x + dx * along - dy * across,
    y + dy * along + dx * across,
  ];
  rig.blob(
    [
      point(-0.08, -0.09),
      point(0.12, -0.13),
      point(0.34, -0.09),
      point(0.4, 0.02),
      point(0.3, 0.1),
      point(0.1, 0.12),
      point(-0.08, 0.09),
    ],
    rig.palette.skin,
  );
  if (rig.detailed) rig.curve([point(0.38, -0.02), point(0.24, -0.01)], { weight: rig.pen.weight * 0.6 });
}

export function legs(rig: Rig): void {
  const colour = rig.palette.tone(rig.placed.traits.legColour);
  for (const { hip, knee, ankle, foot } of rig.pose.legs) {
    const [ax, ay] = ankle;
    const shoe: readonly Point[] = [
      [ax - 0.17, ay + 0.04],
      [ax - 0.18, ay + 0.36],
      [ax + 0.36, ay + 0.4],
      [ax + 0.4, ay + 0.28],
      [ax + 0.13, ay + 0.02],
    ];
    const turn = (foot * Math.PI) / 180;
    rig.blob(
      shoe.map((point) => rotate(point, ankle, turn)),
      rig.shadow(colour),
    );
    rig.limb([hip, mid(hip, knee), knee, mid(knee, ankle), ankle], [0.33, 0.31, 0.23, 0.22, 0.16], {
      colour,
    });
  }
}

function mid([ax, ay]: Point, [bx, by]: Point): Point {
  return [(ax + bx) / 2, (ay + by) / 2];
}
