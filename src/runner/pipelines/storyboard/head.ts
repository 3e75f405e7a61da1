import { mix } from './colour.ts';
import { ellipse, type Point, points, ribbon } from './geometry.ts';
import { drawHair, drawHat } from './hair.ts';
import { drawProfile } from './profile.ts';
import type { Rig } from './rig.ts';

const outline: readonly Point[] = points(
  '0,0 0.2,0.03 0.32,0.16 0.345,0.34 0.325,0.44 0.35,0.56 0.325,0.72 0.24,0.9 0.12,0.99 -0.01,0.97 -0.17,0.84 -0.28,0.66 -0.35,0.46 -0.36,0.24 -0.22,0.05',
);

const rear: readonly Point[] = points(
  '0,0 0.22,0.05 0.35,0.24 0.35,0.5 0.27,0.76 0.15,0.92 -0.15,0.92 -0.27,0.76 -0.35,0.5 -0.35,0.24 -0.22,0.05',
);

/** `behind`: only what hangs behind the body. */
export function drawHead(rig: Rig, layer: 'behind' | 'front'): void {
  const { back } = rig.placed;
  if ((layer === 'behind' || rig.placed.traits.hair !== 'long') && !rig.placed.profile)
    drawHair(rig, 'behind');
  if (layer === 'behind') return;
  if (rig.placed.profile) {
    drawProfile(rig);
    drawHat(rig);
    return;
  }
  const skin = rig.palette.skin;
  if (back) for (const x of [-0.36, 0.36]) ear(rig, x);
  rig.blob(back ? rear : outline, skin);
  if (!back && rig.placed.scale > 12) shade(rig, skin);
  if (!back && rig.placed.traits.beard) beard(rig);
  if (!back) ear(rig, -0.235);
  if (!back && rig.detailed) face(rig);
  drawHair(rig, 'front');
  drawHat(rig);
}

function ear(rig: Rig, x: number): void {
  rig.blob(ellipse([x, 0.53], 0.075, 0.12, 8), rig.palette.skin, { weight: rig.pen.weight * 0.8 });
}

/** The side away from the light, along the cheek and under the jaw. */
function shade(rig: Rig, skin: string): void {
  const dark = rig.shadow(skin);
  const awayIsFront = rig.lit !== rig.placed.facing;
  const side: readonly Point[] = awayIsFront
    ? points(
        '0.3,0.16 0.335,0.34 0.315,0.44 0.34,0.56 0.315,0.72 0.23,0.89 0.12,0.97 0.2,0.8 0.24,0.6 0.24,0.36',
      )
    : points(
        '-0.34,0.3 -0.34,0.46 -0.27,0.66 -0.16,0.83 0,0.96 0.1,0.97 -0.02,0.86 -0.13,0.7 -0.19,0.5 -0.22,0.3',
      );
  rig.tone(side, dark, 0.75);
}

/** The features sit higher on a face seen from below, lower on one seen from above. */
function face(rig: Rig): void {
  const pitch = rig.angle === 'low' ? -0.035 : rig.angle === 'high' ? 0.045 : 0;
  eye(rig, [-0.035, 0.475 + pitch], 1);
  eye(rig, [0.235, 0.475 + pitch], 0.8);
  nose(rig, pitch);
  mouth(rig, pitch);
  if (rig.placed.traits.glasses) glasses(rig, pitch);
}

function eye(rig: Rig, [x, y]: Point, size: number): void {
  const wide = 0.082 * size;
  const at = (text: string) => points(text).map(([px, py]): Point => [x + px * wide, y + py]);
  const brow = mix(rig.palette.tone(rig.placed.traits.hairColour), rig.palette.ink, 0.35);
  rig.tone(ribbon(at('-1.25,-0.085 0,-0.118 1.2,-0.088'), [0.012, 0.02, 0.008]), brow);
  if (rig.placed.scale > 150) {
    rig.tone(at('-1,0.008 -0.3,-0.036 0.5,-0.03 1,0.006 0,0.032'), mix(rig.palette.skin, '#ffffff', 0.65));
    iris(rig, [x + (rig.placed.atCamera ? -0.014 : 0.018) * size, y - 0.001], size);
    const lid = { weight: rig.pen.weight * 0.7, opacity: 0.5 };
    rig.curve(at('-0.75,-0.052 0,-0.068 0.8,-0.046'), lid);
    rig.curve(at('-0.5,0.036 0.15,0.043 0.7,0.03'), lid);
  } else {
    rig.tone(ellipse([x + 0.012, y + 0.004], 0.024 * size, 0.03, 8), rig.palette.ink);
  }
  rig.curve(at('-1,0.012 -0.3,-0.034 0.5,-0.03 1.05,0.006'));
}

function iris(rig: Rig, [x, y]: Point, size: number): void {
  rig.tone(ellipse([x, y], 0.03 * size, 0.033), mix(rig.palette.ink, '#6b5a45', 0.3));
  rig.tone(ellipse([x + 0.012, y - 0.013], 0.009, 0.01, 8), '#ffffff');
}

function nose(rig: Rig, pitch: number): void {
  rig.curve(
    [
      [0.15, 0.5 + pitch],
      [0.18, 0.58 + pitch],
      [0.215, 0.655 + pitch * 1.3],
      [0.185, 0.69 + pitch * 1.3],
      [0.12, 0.682 + pitch * 1.3],
    ],
    { weight: rig.pen.weight * 0.85 },
  );
  rig.tone(
    [
      [0.14, 0.56 + pitch],
      [0.17, 0.6 + pitch],
      [0.185, 0.68 + pitch],
      [0.11, 0.678 + pitch],
      [0.12, 0.62 + pitch],
    ],
    rig.shadow(rig.palette.skin),
    0.45,
  );
}

function mouth(rig: Rig, pitch: number): void {
  const y = 0.785 + pitch;
  const lip = mix(rig.palette.skin, rig.palette.tone('#a8554a'), 0.5);
  if (rig.placed.scale > 90) {
    rig.tone(
      [
        [0.03, y],
        [0.11, y - 0.022],
        [0.15, y - 0.016],
        [0.185, y - 0.022],
        [0.245, y],
        [0.15, y + 0.04],
      ],
      lip,
      0.85,
    );
    rig.curve(
      [
        [0.09, y + 0.062],
        [0.145, y + 0.07],
        [0.19, y + 0.06],
      ],
      { weight: rig.pen.weight * 0.6, opacity: 0.6 },
    );
  }
  const mood = rig.pen.random.about(0.016);
  rig.curve(
    [
      [0.02, y + mood],
      [0.1, y + 0.004],
      [0.15, y + 0.008],
      [0.2, y + 0.004],
      [0.255, y + mood],
    ],
    { weight: rig.pen.weight * 0.85 },
  );
}

function glasses(rig: Rig, pitch: number): void {
  const y = 0.48 + pitch;
  for (const [x, rx] of points('-0.035,0.125 0.235,0.1'))
    rig.curve(closed(ellipse([x, y], rx, 0.1)), { weight: rig.pen.weight * 0.9 });
  rig.curve(
    [
      [0.09, y - 0.02],
      [0.115, y - 0.03],
      [0.135, y - 0.02],
    ],
    { weight: rig.pen.weight * 0.9 },
  );
  rig.curve(
    [
      [-0.16, y - 0.01],
      [-0.24, y - 0.01],
      [-0.3, y],
    ],
    { weight: rig.pen.weight * 0.9 },
  );
}

function beard(rig: Rig): void {
  const colour = rig.palette.tone(rig.placed.traits.hairColour);
  rig.blob(
    points(
      '-0.28,0.58 -0.22,0.82 -0.02,1.03 0.13,1.07 0.27,0.94 0.335,0.7 0.26,0.735 0.15,0.715 0.04,0.735 -0.1,0.76 -0.2,0.66',
    ),
    colour,
    { weight: rig.pen.weight * 0.7 },
  );
  rig.tone(points('0.05,0.775 0.15,0.765 0.23,0.775 0.15,0.83'), rig.palette.skin);
}

function closed(points: readonly Point[]): readonly Point[] {
  return [...points, ...points.slice(0, 1)];
}
