import { mix } from './colour.ts';
import { ellipse, points, ribbon, type Point } from './geometry.ts';
import type { Rig } from './rig.ts';
import type { Hair } from './traits.ts';

const outline = points(
  '-0.04,-0.01 0.18,0.05 0.3,0.2 0.32,0.36 0.3,0.46 0.35,0.56 0.45,0.665 0.42,0.705 0.33,0.725 0.35,0.77 0.325,0.8 0.345,0.84 0.315,0.88 0.32,0.94 0.24,1.01 0.08,0.97 -0.1,0.86 -0.24,0.82 -0.4,0.6 -0.46,0.36 -0.39,0.12 -0.22,0.01',
);

const hairs: Readonly<Record<Exclude<Hair, 'bald'>, readonly Point[]>> = {
  short: points(
    '-0.04,0.5 -0.14,0.66 -0.3,0.78 -0.46,0.58 -0.51,0.32 -0.41,0.04 -0.18,-0.1 0.1,-0.1 0.28,0.04 0.33,0.22 0.22,0.18 0.06,0.24 -0.02,0.38',
  ),
  swept: points(
    '-0.04,0.5 -0.16,0.66 -0.32,0.74 -0.47,0.56 -0.53,0.28 -0.42,-0.02 -0.16,-0.17 0.14,-0.16 0.36,-0.02 0.35,0.2 0.24,0.14 0.06,0.24 -0.02,0.38',
  ),
  long: points(
    '-0.02,0.44 -0.06,0.8 -0.1,1.2 -0.22,1.66 -0.52,1.78 -0.66,1.4 -0.57,0.8 -0.52,0.32 -0.4,0.03 -0.18,-0.1 0.1,-0.1 0.29,0.05 0.34,0.26 0.2,0.2 0.06,0.28',
  ),
  bob: points(
    '0.02,0.4 0.02,0.7 -0.02,1.0 -0.28,1.08 -0.54,1.02 -0.56,0.7 -0.52,0.32 -0.4,0.03 -0.18,-0.1 0.1,-0.1 0.29,0.05 0.34,0.3 0.2,0.26 0.08,0.3',
  ),
  bun: points(
    '-0.06,0.48 -0.2,0.6 -0.36,0.66 -0.48,0.5 -0.5,0.28 -0.4,0.04 -0.18,-0.09 0.1,-0.09 0.27,0.05 0.32,0.22 0.2,0.16 0.04,0.24',
  ),
  ponytail: points(
    '-0.06,0.48 -0.2,0.6 -0.36,0.66 -0.48,0.5 -0.5,0.28 -0.4,0.04 -0.18,-0.09 0.1,-0.09 0.27,0.05 0.32,0.24 0.2,0.18 0.04,0.24',
  ),
  curly: points(
    '0,0.5 -0.12,0.62 -0.2,0.76 -0.36,0.78 -0.48,0.68 -0.58,0.52 -0.56,0.32 -0.6,0.14 -0.46,0 -0.36,-0.14 -0.2,-0.16 -0.04,-0.22 0.12,-0.16 0.26,-0.12 0.36,0.02 0.38,0.18 0.26,0.2 0.14,0.24 0.04,0.3',
  ),
};

/** A head from the side, turned to the right. */
export function drawProfile(rig: Rig): void {
  const { traits } = rig.placed;
  const { skin } = rig.palette;
  const hair = rig.palette.tone(traits.hairColour);
  if (traits.hair === 'ponytail')
    rig.blob(ribbon(points('-0.4,0.16 -0.66,0.3 -0.7,0.7 -0.62,1.2'), [0.08, 0.12, 0.1, 0.03]), hair);
  if (traits.hair === 'bun') rig.blob(ellipse([-0.54, 0.16], 0.19, 0.18, 10), hair);
  rig.blob(outline, skin);
  if (rig.placed.scale > 12)
    rig.tone(points('-0.2,0.78 0.05,0.84 0.2,0.92 0.24,0.99 0.08,0.96 -0.1,0.86'), rig.shadow(skin), 0.75);
  if (traits.beard)
    rig.blob(
      points(
        '-0.06,0.58 -0.1,0.82 0.08,1.02 0.27,1.09 0.36,0.98 0.35,0.87 0.26,0.84 0.3,0.765 0.38,0.735 0.3,0.715 0.18,0.74 0.04,0.7',
      ),
      hair,
      { weight: rig.pen.weight * 0.7 },
    );
  rig.blob(ellipse([-0.1, 0.53], 0.07, 0.12, 8), skin, { weight: rig.pen.weight * 0.8 });
  if (rig.detailed) features(rig, hair);
  if (traits.hair !== 'bald') rig.blob(hairs[traits.hair], hair);
}

function features(rig: Rig, hair: string): void {
  const thin = { weight: rig.pen.weight * 0.85 };
  rig.tone(
    ribbon(points('0.13,0.385 0.22,0.36 0.31,0.385'), [0.012, 0.02, 0.01]),
    mix(hair, rig.palette.ink, 0.35),
  );
  rig.curve(points('0.16,0.485 0.22,0.445 0.295,0.455'), thin);
  rig.tone(ellipse([0.255, 0.48], 0.022, 0.034, 9), rig.palette.ink);
  rig.curve(points('0.18,0.515 0.24,0.52 0.28,0.51'), { weight: rig.pen.weight * 0.5, opacity: 0.6 });
  rig.curve(points('0.36,0.7 0.33,0.685 0.335,0.66'), thin);
  rig.curve(points('0.2,0.805 0.26,0.8 0.33,0.8'), thin);
  if (!rig.placed.traits.glasses) return;
  const lens = ellipse([0.26, 0.48], 0.085, 0.1);
  rig.curve([...lens, ...lens.slice(0, 1)], thin);
  rig.curve(points('0.18,0.47 0.04,0.48 -0.08,0.5'), thin);
}
