import type { CameraMovement } from '../../../core/model/shotList.ts';
import { inset, type Point, type Rect } from './geometry.ts';
import { paper } from './palette.ts';
import { Pen } from './pen.ts';
import type { Random } from './random.ts';

interface Sheet {
  readonly frame: Rect;
  readonly pen: Pen;
  readonly way: 1 | -1;
  /** The arrow's half width. */
  readonly size: number;
}

const drawings: Readonly<Record<CameraMovement, (sheet: Sheet) => string>> = {
  static: () => '',
  pan: ({ frame: f, pen, way, size }) => {
    const y = f.y + f.height * 0.905;
    const x = f.x + f.width / 2;
    const span = Math.min(f.width * 0.2, f.height * 0.34);
    return arrow(
      pen,
      [
        [x - way * span, y - size * 0.6],
        [x - way * span * 0.4, y + size * 0.3],
        [x + way * span * 0.3, y + size * 0.3],
        [x + way * span, y - size * 0.6],
      ],
      size,
    );
  },
  tilt: ({ frame: f, pen, way, size }) => {
    const x = f.x + f.width * 0.945;
    const y = f.y + f.height / 2;
    const span = Math.min(f.height * 0.24, f.width * 0.34);
    return arrow(
      pen,
      [
        [x - size * 0.8, y + way * span],
        [x, y + way * span * 0.4],
        [x, y - way * span * 0.3],
        [x - size * 0.8, y - way * span],
      ],
      size,
    );
  },
  dolly: ({ frame: f, pen, way, size }) =>
    cornersOf(f)
      .map(([corner, inner]) => arrow(pen, way === 1 ? [corner, inner] : [inner, corner], size * 0.8))
      .join(''),
  truck: ({ frame: f, pen, way, size }) => {
    const y = f.y + f.height * 0.9;
    const x = f.x + f.width / 2;
    const span = Math.min(f.width * 0.2, f.height * 0.36);
    const rails = [-1, 1].map((s) =>
      pen.line([x - span * 1.15, y + s * size * 1.35], [x + span * 1.15, y + s * size * 1.35], { weight: 3 }),
    );
    const ties = Array.from({ length: 13 }, (_, i) =>
      pen.line(
        [x + span * 1.15 * (i / 6 - 1), y - size * 1.6],
        [x + span * 1.15 * (i / 6 - 1), y + size * 1.6],
        { weight: 2.4 },
      ),
    );
    return (
      halo(rails.join('') + ties.join('')) +
      arrow(
        pen,
        [
          [x - way * span, y],
          [x + way * span, y],
        ],
        size,
      )
    );
  },
  crane: ({ frame: f, pen, way, size }) => {
    const x = f.x + f.width * 0.07;
    const [low, high] = [f.y + f.height * 0.84, f.y + f.height * 0.26];
    const sweep: Point[] = [
      [x, low],
      [x + size * 0.6, low + (high - low) * 0.4],
      [x + size * 2, low + (high - low) * 0.75],
      [x + size * 4.6, high],
    ];
    return arrow(pen, way === 1 ? sweep : sweep.reverse(), size);
  },
  zoom: ({ frame: f, pen, way, size }) => {
    const inner = inset(f, Math.min(f.width, f.height) * 0.2);
    const dashed = pen.path(`M${inner.x} ${inner.y}h${inner.width}v${inner.height}h${-inner.width}Z`, {
      weight: 3.5,
      dash: '22 14',
    });
    const lines = pairs(f, inner).map(([outer, near]) =>
      pen.line(outer, near, { weight: 2.5, opacity: 0.7 }),
    );
    const heads = pairs(f, inner).map(([outer, near]) =>
      arrow(
        pen,
        way === 1
          ? [along(outer, near, 0.35), along(outer, near, 0.85)]
          : [along(outer, near, 0.85), along(outer, near, 0.35)],
        size * 0.55,
      ),
    );
    return halo(dashed + lines.join('')) + heads.join('');
  },
  handheld: ({ frame: f, pen, size }) => {
    const wavy = (rect: Rect) => {
      const points = edge(rect, 7).map(([x, y]): Point => [
        x + pen.random.about(size * 0.45),
        y + pen.random.about(size * 0.45),
      ]);
      return pen.blob(points, { weight: 3.2, opacity: 0.75 });
    };
    const around = Math.min(f.width, f.height) * 0.055;
    return halo(wavy(inset(f, around)) + wavy(inset(f, around * 1.12)));
  },
};

/** Marks over the picture that say how the camera moves. */
export function drawMovement(movement: CameraMovement, frame: Rect, random: Random): string {
  const pen = new Pen(random, { ink: paper.ink, weight: 3, wobble: 0.4 });
  const size = Math.min(frame.width, frame.height) * 0.024;
  return drawings[movement]({ frame, pen, way: random.sign(), size });
}

/** A broad arrow along a line, paper-white with an ink outline. */
function arrow(pen: Pen, line: readonly Point[], size: number): string {
  const tip = line.at(-1) ?? [0, 0];
  const before = line.at(-2) ?? [0, 0];
  const length = Math.hypot(tip[0] - before[0], tip[1] - before[1]) || 1;
  const [dx, dy] = [(tip[0] - before[0]) / length, (tip[1] - before[1]) / length];
  const at = (along: number, across: number): Point => [
    tip[0] + dx * along - dy * across,
    tip[1] + dy * along + dx * across,
  ];
  const body = sampled([...line.slice(0, -1), at(-size * 1.2, 0)]);
  const side = (sign: number) =>
    body.map((point, i): Point => {
      const next = body[i + 1] ?? point;
      const last = body[i - 1] ?? point;
      const span = Math.hypot(next[0] - last[0], next[1] - last[1]) || 1;
      const half = size * (0.42 + (0.26 * i) / body.length) * sign;
      return [point[0] - ((next[1] - last[1]) / span) * half, point[1] + ((next[0] - last[0]) / span) * half];
    });
  const shape = [
    ...side(1),
    at(-size * 1.5, size * 1.5),
    at(size * 0.9, 0),
    at(-size * 1.5, -size * 1.5),
    ...side(-1).reverse(),
  ];
  return (
    pen.polygon(shape, { fill: paper.accent, ink: paper.sheet, weight: 9 }) +
    pen.polygon(shape, { fill: paper.accent, weight: 2.6 })
  );
}

/** Points close together on the curve through a few. */
function sampled(line: readonly Point[]): Point[] {
  if (line.length < 3) return [...line];
  const steps = 8;
  return Array.from({ length: (line.length - 1) * steps + 1 }, (_, i) => {
    const from = Math.min(Math.floor(i / steps), line.length - 2);
    const around = [-1, 0, 1, 2].map(
      (step): Point => line[Math.min(Math.max(from + step, 0), line.length - 1)] ?? [0, 0],
    );
    return spline(around, i / steps - from);
  });
}

function spline(points: readonly Point[], t: number): Point {
  const axis = (k: 0 | 1): number => {
    const [a = 0, b = 0, c = 0, d = 0] = points.map((point) => point[k]);
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  };
  return [axis(0), axis(1)];
}

/** Thin marks are first drawn broad in paper white, so that they show on any picture. */
function halo(marks: string): string {
  const under = marks.replace(
    /stroke="[^"]+" stroke-width="[^"]+"/g,
    `stroke="${paper.sheet}" stroke-width="8"`,
  );
  return under + marks;
}

function cornersOf(f: Rect): readonly (readonly [Point, Point])[] {
  return pairs(inset(f, Math.min(f.width, f.height) * 0.04), inset(f, Math.min(f.width, f.height) * 0.145));
}

function pairs(outer: Rect, inner: Rect): readonly (readonly [Point, Point])[] {
  const ends = (r: Rect): Point[] => [
    [r.x, r.y],
    [r.x + r.width, r.y],
    [r.x + r.width, r.y + r.height],
    [r.x, r.y + r.height],
  ];
  const inside = ends(inner);
  return ends(outer).map((point, i) => [point, inside[i] ?? point] as const);
}

function along([ax, ay]: Point, [bx, by]: Point, t: number): Point {
  return [ax + (bx - ax) * t, ay + (by - ay) * t];
}

/** Points along the edge of a rectangle, `steps` on each side. */
function edge(r: Rect, steps: number): Point[] {
  return pairs(r, r).flatMap(([corner], i, all) => {
    const next = all[(i + 1) % all.length]?.[0] ?? corner;
    return Array.from({ length: steps }, (_, step) => along(corner, next, step / steps));
  });
}
