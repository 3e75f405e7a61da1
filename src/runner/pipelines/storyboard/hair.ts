import { ellipse, type Point, points, ribbon } from './geometry.ts';
import type { Rig } from './rig.ts';
import type { Hair, Hat } from './traits.ts';

/** What hangs behind the head and neck, turned to the right. */
const behind: Partial<Record<Hair, readonly Point[]>> = {
  long: points(
    '-0.42,0.3 -0.3,-0.02 0.06,-0.08 0.34,0.12 0.38,0.55 0.36,1.1 0.42,1.62 0.1,1.8 -0.3,1.86 -0.6,1.7 -0.52,1.1 -0.46,0.7',
  ),
  bob: points(
    '-0.44,0.35 -0.32,-0.02 0.05,-0.08 0.34,0.1 0.39,0.5 0.36,0.98 0.15,1.02 -0.2,1.08 -0.48,1.06 -0.47,0.7',
  ),
};

/** What frames the face. */
const front: Readonly<Record<Exclude<Hair, 'bald' | 'curly'>, readonly Point[]>> = {
  short: points(
    '-0.3,0.6 -0.38,0.52 -0.42,0.28 -0.32,0.03 -0.08,-0.08 0.18,-0.05 0.34,0.1 0.355,0.28 0.28,0.19 0.1,0.15 -0.1,0.2 -0.18,0.32 -0.21,0.5',
  ),
  swept: points(
    '-0.3,0.62 -0.39,0.5 -0.43,0.25 -0.34,0 -0.08,-0.13 0.2,-0.12 0.4,0.02 0.37,0.26 0.26,0.14 0.06,0.22 -0.12,0.25 -0.19,0.36 -0.22,0.54',
  ),
  long: points(
    '-0.33,0.86 -0.44,0.6 -0.43,0.25 -0.3,-0.01 -0.02,-0.09 0.24,-0.03 0.37,0.16 0.38,0.4 0.32,0.26 0.15,0.1 -0.02,0.2 -0.16,0.4 -0.22,0.66',
  ),
  bob: points(
    '-0.36,0.98 -0.46,0.7 -0.44,0.28 -0.32,0 -0.02,-0.09 0.24,-0.03 0.375,0.16 0.37,0.36 0.3,0.27 0.05,0.26 -0.16,0.3 -0.2,0.6 -0.22,0.9',
  ),
  bun: points(
    '-0.29,0.58 -0.38,0.46 -0.41,0.24 -0.3,0.01 -0.06,-0.07 0.18,-0.04 0.33,0.1 0.345,0.24 0.24,0.12 0.04,0.12 -0.14,0.26 -0.2,0.46',
  ),
  ponytail: points(
    '-0.29,0.58 -0.39,0.46 -0.42,0.24 -0.3,0 -0.04,-0.08 0.2,-0.05 0.35,0.1 0.36,0.3 0.27,0.2 0.12,0.11 -0.1,0.24 -0.19,0.46',
  ),
};

const rear: readonly Point[] = points(
  '-0.38,0.62 -0.42,0.3 -0.28,0 0,-0.08 0.28,0 0.42,0.3 0.38,0.62 0.24,0.82 0,0.88 -0.24,0.82',
);

export function drawHair(rig: Rig, layer: 'behind' | 'front'): void {
  const { hair, hairColour } = rig.placed.traits;
  const colour = rig.palette.tone(hairColour);
  if (layer === 'behind') hang(rig, colour);
  else if (hair === 'bald') return;
  else if (rig.placed.back) rearView(rig, colour);
  else if (hair === 'curly') curls(rig, colour);
  else frame(rig, hair, colour);
}

function hang(rig: Rig, colour: string): void {
  const { hair } = rig.placed.traits;
  const shape = behind[hair];
  if (shape !== undefined) rig.blob(shape, rig.shadow(colour));
  if (hair === 'bun') rig.blob(ellipse([-0.36, 0.04], 0.19, 0.18, 10), colour);
  if (hair === 'ponytail')
    rig.blob(ribbon(points('-0.3,0.16 -0.56,0.3 -0.62,0.7 -0.52,1.2'), [0.08, 0.11, 0.1, 0.03]), colour);
}

function frame(rig: Rig, hair: keyof typeof front, colour: string): void {
  rig.blob(front[hair], colour);
  if (!rig.detailed) return;
  const strand = { weight: rig.pen.weight * 0.55, opacity: 0.55 };
  rig.curve(points('-0.34,0.2 -0.2,0.06 0.02,0'), strand);
  rig.curve(points('-0.33,0.34 -0.2,0.16 0.06,0.06'), strand);
  rig.curve(points('-0.3,0.46 -0.24,0.28 -0.1,0.15'), strand);
}

function rearView(rig: Rig, colour: string): void {
  const { hair } = rig.placed.traits;
  rig.blob(rear, colour);
  if (hair === 'long')
    rig.blob(
      points('-0.41,0.5 -0.3,0.2 0.3,0.2 0.41,0.5 0.38,1.1 0.3,1.6 0.1,1.72 -0.12,1.66 -0.3,1.7 -0.4,1.1'),
      colour,
    );
  if (hair === 'bob') rig.blob(points('-0.42,0.4 0,0.2 0.42,0.4 0.44,1.02 0,1.1 -0.44,1.02'), colour);
  if (hair === 'bun') rig.blob(ellipse([0, 0.24], 0.2, 0.19, 10), colour);
  if (hair === 'ponytail')
    rig.blob(ribbon(points('0,0.25 0.04,0.6 0,1.2 0.05,1.5'), [0.1, 0.17, 0.15, 0.03]), colour);
  if (!rig.detailed) return;
  for (const x of [-0.2, 0, 0.2])
    rig.curve(
      [
        [x * 0.5, 0.06],
        [x, 0.35],
        [x * 1.1, 0.7],
      ],
      { weight: rig.pen.weight * 0.55, opacity: 0.5 },
    );
}

function curls(rig: Rig, colour: string): void {
  const lumps: readonly Point[] = points(
    '-0.3,0.62 -0.42,0.56 -0.42,0.42 -0.52,0.3 -0.44,0.14 -0.42,-0.02 -0.26,-0.06 -0.14,-0.19 0.02,-0.12 0.18,-0.19 0.27,-0.06 0.41,0 0.38,0.14 0.43,0.27 0.33,0.3 0.24,0.17 0.13,0.23 0.02,0.16 -0.1,0.26 -0.2,0.28 -0.18,0.42 -0.24,0.52',
  );
  rig.blob(lumps, colour);
  if (!rig.detailed) return;
  for (const [x, y] of points('-0.28,0.2 -0.05,0.02 0.2,0.04 -0.34,0.42')) {
    rig.curve(
      [
        [x - 0.06, y],
        [x, y - 0.06],
        [x + 0.06, y],
        [x, y + 0.03],
      ],
      { weight: rig.pen.weight * 0.55, opacity: 0.55 },
    );
  }
}

const hats: Readonly<Record<Exclude<Hat, 'none'>, (rig: Rig) => void>> = {
  fedora: (rig) => {
    const felt = rig.palette.tone('#4a4440');
    rig.blob(points('-0.34,0.16 -0.34,-0.1 -0.22,-0.3 -0.02,-0.25 0.16,-0.32 0.3,-0.12 0.33,0.14'), felt);
    rig.tone(points('-0.35,0.16 -0.35,0.02 0,-0.02 0.32,0.0 0.33,0.14'), rig.palette.ink, 0.8);
    rig.blob(points('-0.62,0.14 -0.36,0.08 0,0.06 0.36,0.06 0.66,0.14 0.4,0.24 0,0.25 -0.38,0.24'), felt);
  },
  cap: (rig) => {
    const cloth = rig.palette.tone('#3d4c63');
    rig.blob(points('-0.41,0.26 -0.38,0.02 -0.18,-0.14 0.1,-0.15 0.32,0.0 0.37,0.2 0,0.18'), cloth);
    if (!rig.placed.back)
      rig.blob(points('0.1,0.17 0.38,0.14 0.66,0.22 0.64,0.28 0.36,0.26'), rig.shadow(cloth));
  },
  beanie: (rig) => {
    const wool = rig.palette.tone('#7a4a3c');
    rig.blob(points('-0.42,0.24 -0.4,-0.02 -0.2,-0.22 0.08,-0.24 0.33,-0.06 0.38,0.2 0,0.14'), wool);
    rig.blob(points('-0.44,0.26 -0.42,0.1 0,0.02 0.39,0.06 0.4,0.22 0,0.2'), rig.shadow(wool));
  },
  hood: (rig) => {
    const cloth = rig.palette.cloth(rig.placed.traits.colour);
    const opening: readonly Point[] = points(
      '-0.24,0.9 -0.24,0.5 -0.2,0.2 0.06,0.07 0.3,0.14 0.36,0.4 0.42,0.2 0.3,-0.1 0.02,-0.2 -0.32,-0.1 -0.52,0.3 -0.52,0.8 -0.42,1.24 -0.1,1.2',
    );
    rig.blob(rig.placed.back ? [...rear.map(([x, y]): Point => [x * 1.25, y * 1.25 - 0.1])] : opening, cloth);
  },
  helmet: (rig) => {
    const shell = rig.palette.tone('#8d9397');
    rig.blob(
      points(
        '-0.44,0.5 -0.46,0.18 -0.3,-0.1 0.02,-0.18 0.32,-0.08 0.43,0.2 0.36,0.28 0,0.24 -0.2,0.34 -0.26,0.58',
      ),
      shell,
    );
    rig.curve(points('-0.36,0.08 0,-0.02 0.36,0.06'), { weight: rig.pen.weight * 0.6, opacity: 0.6 });
  },
};

export function drawHat(rig: Rig): void {
  const { hat } = rig.placed.traits;
  if (hat !== 'none') hats[hat](rig);
}
