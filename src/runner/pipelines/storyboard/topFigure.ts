import { mix } from './colour.ts';
import { ellipse, type Point, points, ribbon, rotate, smoothPath } from './geometry.ts';
import { shaded, type Palette } from './palette.ts';
import type { Pen } from './pen.ts';
import type { Placed } from './staging.ts';

const outline = '-0.95,-0.1 -0.6,-0.36 0,-0.42 0.6,-0.36 0.95,-0.1 0.86,0.22 0.4,0.34 -0.4,0.34 -0.86,0.22';

/** A figure from straight above: head, shoulders, arms, the tips of the shoes and the shadow on the floor. */
export function drawTopFigure(
  placed: Placed,
  { pen, palette, lit }: { pen: Pen; palette: Palette; lit: 1 | -1 },
): string {
  const { traits, scale } = placed;
  const middle: Point = [placed.x, placed.top + placed.scale * 0.5];
  // Parts are described looking down the page; then the figure is turned to look where it faces.
  const turn = -placed.facing * (1.1 + pen.random.about(0.4));
  const put = (shape: readonly Point[]) =>
    shape.map(([x, y]) => rotate([middle[0] + x * scale, middle[1] + y * scale], middle, turn));
  const cloth = palette.cloth(traits.colour);
  const shadow = ellipse([0, 0], 1.05, 0.62, 12).map(([x, y]): Point => [
    middle[0] + (x - lit * 0.75) * scale,
    middle[1] + (y + 0.45) * scale,
  ]);
  const shoulders = (text: string) => put(points(text).map(([x, y]): Point => [x * traits.build, y]));
  const body = shoulders(outline);
  const edge = smoothPath(body, true) + smoothPath(put(ellipse([0, 0], 0.37, 0.43)), true);
  const parts = [
    pen.path(edge, { ink: palette.halo, weight: Math.min(22, 5 + scale * 0.05), opacity: 0.6 }),
    pen.blob(shadow, { fill: palette.shade, ink: 'none', opacity: 0.35 }),
    ...[-0.3, 0.3].map((x, i) =>
      pen.blob(put(ellipse([x * 0.8, 0.3 + i * 0.2], 0.14, 0.3, 9)), { fill: palette.ink }),
    ),
    arms(placed, { pen, palette, put, cloth }),
    pen.blob(body, { fill: cloth }),
    pen.blob(
      shoulders('-0.9,0.02 -0.5,-0.02 0,0.12 0.5,-0.02 0.9,0.02 0.84,0.22 0.4,0.33 -0.4,0.33 -0.84,0.22'),
      { fill: shaded(cloth, palette, 0.25), ink: 'none', opacity: 0.7 },
    ),
    head(placed, { pen, palette, put }),
  ];
  return parts.join('');
}

interface Kit {
  readonly pen: Pen;
  readonly palette: Palette;
  put: (shape: readonly Point[]) => Point[];
}

function arms(placed: Placed, { pen, palette, put, cloth }: Kit & { cloth: string }): string {
  const reaching = placed.arms === 'reach' || placed.arms === 'gesture';
  return ([-1, 1] as const)
    .map((side) => {
      const far = side === 1 && reaching ? 1 : 0;
      const spine: Point[] = [
        [side * 0.8, -0.1],
        [side * (0.98 - far * 0.08), 0.16],
        [side * (0.92 - far * 0.3), 0.42 + far * 0.5],
      ];
      const [x, y] = spine.at(-1) ?? [0, 0];
      const hand = put(ellipse([x - side * 0.03, y + 0.12], 0.1, 0.15, 8));
      return (
        pen.blob(hand, { fill: palette.skin }) +
        pen.blob(put(ribbon(spine, [0.2, 0.19, 0.13])), { fill: shaded(cloth, palette, 0.12) })
      );
    })
    .join('');
}

function head({ traits, scale }: Placed, { pen, palette, put }: Kit): string {
  const covered = traits.hat !== 'none';
  const hair =
    traits.hair === 'bald' && !covered ? palette.skin : palette.tone(covered ? '#4a4440' : traits.hairColour);
  const thin = { weight: pen.weight * 0.6, opacity: 0.6, ink: mix(hair, palette.ink, 0.6) };
  const brim = traits.hat === 'fedora' ? pen.blob(put(ellipse([0, 0.05], 0.62, 0.66)), { fill: hair }) : '';
  const nose = pen.blob(put(points('-0.08,0.38 0,0.52 0.08,0.38')), { fill: palette.skin });
  const strands =
    scale < 40
      ? ''
      : [-0.18, -0.06, 0.08, 0.2]
          .map((x) =>
            pen.curve(
              put([
                [x * 0.4, -0.3],
                [x * 1.1, 0],
                [x * 1.3, 0.3],
              ]),
              thin,
            ),
          )
          .join('');
  const bun =
    traits.hair === 'bun' && !covered
      ? pen.blob(put(ellipse([0, -0.42], 0.18, 0.17, 9)), { fill: hair })
      : '';
  const tail =
    traits.hair === 'long' || traits.hair === 'ponytail'
      ? pen.blob(put(points('-0.2,-0.2 0.2,-0.2 0.14,-0.72 -0.14,-0.72')), { fill: hair })
      : '';
  return tail + brim + nose + bun + pen.blob(put(ellipse([0, 0], 0.37, 0.43)), { fill: hair }) + strands;
}
