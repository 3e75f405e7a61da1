import type { CameraAngle } from '../../../core/model/shotList.ts';
import { mix } from './colour.ts';
import { ellipse, points, type Point } from './geometry.ts';
import { drawHead } from './head.ts';
import type { Palette } from './palette.ts';
import type { Pen } from './pen.ts';
import { Rig } from './rig.ts';
import type { Arms, Placed } from './staging.ts';

type Joints = readonly [shoulder: Point, elbow: Point, wrist: Point];

const near: Readonly<Record<Arms, Joints>> = {
  hang: [
    [-0.58, 1.58],
    [-0.74, 2.75],
    [-0.66, 3.8],
  ],
  hip: [
    [-0.58, 1.58],
    [-1.12, 2.6],
    [-0.56, 3.2],
  ],
  pocket: [
    [-0.58, 1.58],
    [-0.88, 2.7],
    [-0.55, 3.65],
  ],
  gesture: [
    [-0.58, 1.58],
    [-0.7, 2.75],
    [0.12, 2.45],
  ],
  reach: [
    [-0.58, 1.58],
    [-0.74, 2.75],
    [-0.6, 3.8],
  ],
  crossed: [
    [-0.58, 1.58],
    [-0.72, 2.62],
    [0.28, 2.5],
  ],
};

const far: Readonly<Record<Arms, Joints>> = {
  hang: [
    [0.5, 1.56],
    [0.64, 2.7],
    [0.66, 3.72],
  ],
  hip: [
    [0.5, 1.56],
    [0.66, 2.7],
    [0.62, 3.7],
  ],
  pocket: [
    [0.5, 1.56],
    [0.8, 2.68],
    [0.5, 3.6],
  ],
  gesture: [
    [0.5, 1.56],
    [0.78, 2.6],
    [1.22, 2.3],
  ],
  reach: [
    [0.5, 1.56],
    [0.86, 2.5],
    [1.5, 2.28],
  ],
  crossed: [
    [0.5, 1.56],
    [0.66, 2.55],
    [-0.2, 2.62],
  ],
};

const sleeve = [0.21, 0.17, 0.115] as const;

/** A standing figure, from the head down; what the frame cuts off is drawn all the same. */
export function drawFigure(
  placed: Placed,
  look: { pen: Pen; palette: Palette; angle: CameraAngle; lit: 1 | -1 },
): string {
  const rig = new Rig(placed, look);
  const cloth = look.palette.cloth(placed.traits.colour);
  if (placed.traits.hair === 'long') drawHead(rig, 'behind');
  if (!placed.back) arm(rig, far[placed.arms], cloth);
  legs(rig);
  neck(rig);
  torso(rig, cloth);
  skirt(rig, cloth);
  if (rig.detailed) details(rig, cloth);
  if (placed.back) arm(rig, far.hang, cloth);
  arm(rig, placed.back ? near.hang : near[placed.arms], cloth);
  drawHead(rig, 'front');
  return castShadow(placed, look) + rig.render(Math.min(22, 5 + placed.scale * 0.05));
}

/** What ties the feet to the floor. */
function castShadow(
  { x, top, length, scale }: Placed,
  { pen, palette, angle, lit }: { pen: Pen; palette: Palette; angle: CameraAngle; lit: 1 | -1 },
): string {
  const depth = angle === 'high' ? 0.42 : angle === 'low' ? 0.13 : 0.24;
  const spot = ellipse([x - lit * scale * 0.8, top + length - scale * 0.06], scale * 1.6, scale * depth);
  return pen.blob(spot, { fill: palette.shade, ink: 'none', opacity: 0.34 });
}

function torso(rig: Rig, cloth: string): void {
  const { build, garment } = rig.placed.traits;
  const waist = garment === 'dress' ? 0.42 : 0.5;
  rig.limb(
    points('0,1.2 -0.02,1.36 -0.04,1.58 -0.03,2.3 0,2.95 0,3.5 0,4.02'),
    [0.2, 0.46, 0.63, 0.58, waist, 0.52, 0.53].map((half) => half * build),
    { colour: cloth },
  );
}

function details(rig: Rig, cloth: string): void {
  const { garment } = rig.placed.traits;
  const fold = { weight: rig.pen.weight * 0.6 };
  if (rig.placed.back) {
    rig.curve(points('0.05,1.35 0.03,2.2 0.04,3.9'), { ...fold, opacity: 0.5 });
    return;
  }
  if (garment === 'jacket' || garment === 'coat') {
    rig.blob(
      points('-0.17,1.2 0.08,1.42 0.2,1.2 0.26,1.5 0.12,2.15 -0.06,1.6'),
      mix(cloth, '#f8f4ea', 0.75),
      fold,
    );
    rig.curve(points('0.12,2.15 0.12,3 0.17,3.98'), fold);
    rig.curve(points('-0.18,1.2 -0.27,1.5 -0.15,1.62 0.12,2.15'), fold);
  } else if (garment === 'shirt') {
    rig.curve(points('-0.2,1.24 0.02,1.4 0.2,1.24'), fold);
    rig.curve(points('-0.5,3.86 0,3.94 0.5,3.86'), fold);
  } else {
    rig.curve(points('-0.24,1.26 0.06,1.62 0.24,1.26'), fold);
    rig.curve(points('-0.42,2.92 0.02,3 0.42,2.92'), fold);
  }
  rig.curve(points('-0.5,2.5 -0.36,2.62 -0.26,2.8'), { ...fold, opacity: 0.55 });
  rig.curve(points('0.44,3.1 0.32,3.2 0.22,3.22'), { ...fold, opacity: 0.55 });
}

function neck(rig: Rig): void {
  const skin = rig.palette.skin;
  rig.blob(points('-0.17,0.72 -0.16,1.05 -0.3,1.26 0,1.46 0.26,1.26 0.15,1.08 0.17,0.78'), skin);
  rig.tone(points('-0.14,0.86 0.16,0.94 0.15,1.06 0.05,1.14 -0.14,1.0'), rig.shadow(skin), 0.8);
}

function arm(rig: Rig, [shoulder, elbow, wrist]: Joints, cloth: string): void {
  const wide = rig.placed.traits.build;
  const [sx, sy] = shoulder;
  const side = sx < 0 ? -1 : 1;
  const tucked = rig.placed.arms === 'pocket' && !rig.placed.back;
  if (!tucked) hand(rig, elbow, wrist);
  rig.limb(
    [
      [sx * wide - side * 0.05, sy - 0.16],
      [sx * wide, sy + 0.1],
      mid([sx * wide, sy], elbow),
      elbow,
      mid(elbow, wrist),
      wrist,
    ],
    [0.13, sleeve[0], sleeve[0] * 0.92, sleeve[1], sleeve[1] * 0.9, sleeve[2]],
    { colour: cloth, inked: side < 0 ? [0, 3] : [3, 0] },
  );
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

function legs(rig: Rig): void {
  const { walking, traits } = rig.placed;
  const colour = rig.palette.tone(traits.legColour);
  const stride = walking ? 1 : 0;
  const limbs: readonly (readonly [hip: Point, knee: Point, ankle: Point])[] = [
    [
      [0.24, 3.8],
      [0.26 + stride * 0.24, 5.5],
      [0.3 + stride * 0.42, 7.1],
    ],
    [
      [-0.25, 3.8],
      [-0.27 + stride * 0.12, 5.55],
      [-0.3 - stride * 0.5, 7.1 - stride * 0.14],
    ],
  ];
  for (const [hip, knee, ankle] of limbs) {
    const [ax, ay] = ankle;
    rig.blob(
      [
        [ax - 0.17, ay + 0.04],
        [ax - 0.18, ay + 0.36],
        [ax + 0.36, ay + 0.4],
        [ax + 0.4, ay + 0.28],
        [ax + 0.13, ay + 0.02],
      ],
      rig.shadow(colour),
    );
    rig.limb([hip, mid(hip, knee), knee, mid(knee, ankle), ankle], [0.33, 0.31, 0.23, 0.22, 0.16], {
      colour,
    });
  }
}

/** What a dress or a coat adds below the waist. */
function skirt(rig: Rig, cloth: string): void {
  const { garment } = rig.placed.traits;
  if (garment !== 'dress' && garment !== 'coat') return;
  const hem = garment === 'dress' ? 6.1 : 5.7;
  const flare = (garment === 'dress' ? 0.86 : 0.68) + (rig.placed.walking ? 0.12 : 0);
  const waist = garment === 'dress' ? 0.42 : 0.5;
  // Starts inside the torso, so that only the line below the waist shows.
  const spine: readonly Point[] = [
    [0, 2.7],
    [0, 2.95],
    [0, 3.8],
    [-0.02, 4.7],
    [-0.03, hem],
  ];
  const halves = [0.3, waist, flare * 0.85, flare * 0.92, flare].map(
    // Slight as somebody is, the legs stay inside.
    (half, i) => half * (i < 2 ? rig.placed.traits.build : Math.max(1, rig.placed.traits.build)),
  );
  rig.limb(spine, halves, { colour: cloth, inked: [1, 1] });
  if (!rig.detailed) return;
  rig.curve(
    [
      [0.16, 3.9],
      [0.2, 4.8],
      [0.24, hem - 0.1],
    ],
    { weight: rig.pen.weight * 0.7 },
  );
  rig.curve(
    [
      [-0.3, 4.5],
      [-0.34, 5.2],
      [-0.38, hem - 0.2],
    ],
    { weight: rig.pen.weight * 0.5, opacity: 0.6 },
  );
}

function mid([ax, ay]: Point, [bx, by]: Point): Point {
  return [(ax + bx) / 2, (ay + by) / 2];
}
