import type { CameraMovement } from '../../../core/model/shotList.ts';
import { corners, inset, num, overlap, type Point, type Rect } from './geometry.ts';
import { paper } from './palette.ts';
import { Pen, type Mark } from './pen.ts';
import type { Random } from './random.ts';

interface Sheet {
  readonly frame: Rect;
  readonly faces: readonly Rect[];
  readonly pen: Pen;
  readonly way: 1 | -1;
  /** The arrow's half width. */
  readonly size: number;
}

/** Of the picture's width or height, from its middle. */
const lane = { pan: 0.39, tilt: 0.445, crane: 0.4 } as const;

const drawings: Readonly<Record<CameraMovement, (sheet: Sheet) => string>> = {
  static: ({ frame: f, pen }) => halo(tripodMarks(f, pen)),
  pan: (sheet) => {
    const { frame: f, pen, way, size } = sheet;
    const span = Math.min(f.width * 0.2, f.height * 0.34);
    const x = f.x + f.width / 2;
    const edge = freeEdge(sheet, (at) =>
      around([x, middle(f)[1] + at * f.height * lane.pan], span, size * 2),
    );
    const y = middle(f)[1] + edge * f.height * lane.pan;
    const bow = (along: number, off: number): Point => [x + way * span * along, y + edge * size * off];
    return arrow(pen, [bow(-1, -0.6), bow(-0.4, 0.3), bow(0.3, 0.3), bow(1, -0.6)], size);
  },
  tilt: (sheet) => {
    const { frame: f, pen, way, size } = sheet;
    const span = Math.min(f.height * 0.24, f.width * 0.34);
    const y = f.y + f.height / 2;
    const edge = freeEdge(sheet, (at) =>
      around([middle(f)[0] + at * f.width * lane.tilt, y], size * 2, span),
    );
    const x = middle(f)[0] + edge * f.width * lane.tilt;
    const bow = (along: number, off: number): Point => [x - edge * size * off, y + way * span * along];
    return arrow(pen, [bow(1, 0.8), bow(0.4, 0), bow(-0.3, 0), bow(-1, 0.8)], size);
  },
  dolly: (sheet) => inwards(sheet, cornersOf(sheet.frame), 1.15),
  truck: (sheet) => {
    const { frame: f, pen, way, size } = sheet;
    const x = f.x + f.width / 2;
    const span = Math.min(f.width * 0.2, f.height * 0.36);
    const place = (at: number) =>
      around([x, middle(f)[1] + at * f.height * lane.pan], span * 1.15, size * 1.6);
    const y = middle(f)[1] + freeEdge(sheet, place) * f.height * lane.pan;
    const rails = [-1, 1].map((s) =>
      pen.line([x - span * 1.15, y + s * size * 1.35], [x + span * 1.15, y + s * size * 1.35], { weight: 3 }),
    );
    const ties = Array.from({ length: 13 }, (_, i) => {
      const at = x + span * 1.15 * (i / 6 - 1);
      return pen.line([at, y - size * 1.6], [at, y + size * 1.6], { weight: 2.4 });
    });
    const along = (side: number): Point => [x + side * way * span, y];
    return halo(rails.join('') + ties.join('')) + arrow(pen, [along(-1), along(1)], size);
  },
  crane: (sheet) => {
    const { frame: f, pen, way, size } = sheet;
    const [low, high] = [f.y + f.height * 0.84, f.y + f.height * 0.26];
    const place = (at: number) =>
      around([middle(f)[0] + at * f.width * lane.crane, (low + high) / 2], size * 3, (low - high) / 2);
    // Rather on the left.
    const edge = -freeEdge(sheet, (at) => place(-at));
    const x = middle(f)[0] + edge * f.width * 0.43;
    const bow = (off: number, up: number): Point => [x - edge * size * off, low + (high - low) * up];
    const sweep = [bow(0, 0), bow(0.6, 0.4), bow(2, 0.75), bow(4.6, 1)];
    const foot = bow(9, 0);
    const boom = [
      pen.line(foot, bow(2, 0.72), { weight: 5 }),
      pen.polygon(
        [
          [foot[0] - size * 1.1, foot[1] + size * 1.4],
          [foot[0] + size * 1.1, foot[1] + size * 1.4],
          [foot[0], foot[1] - size * 0.5],
        ],
        { weight: 4 },
      ),
    ].join('');
    return halo(boom) + arrow(pen, way === 1 ? sweep : sweep.reverse(), size);
  },
  zoom: (sheet) => {
    const { frame: f, pen } = sheet;
    const inner = inset(f, Math.min(f.width, f.height) * 0.2);
    const lines = pairs(f, inner).map(([outer, near]) =>
      pen.line(outer, near, { weight: 2.5, opacity: 0.7 }),
    );
    const ways = pairs(f, inner).map(
      ([outer, near]) => [along(outer, near, 0.35), along(outer, near, 0.85)] as const,
    );
    return halo(brackets(inner, pen) + lines.join('')) + inwards(sheet, ways, 0.55);
  },
  handheld: ({ frame: f, pen, size }) => {
    const wavy = (rect: Rect, mark: Mark) => {
      const points = edge(rect, 7).map(([x, y]): Point => [
        x + pen.random.about(size * 0.5),
        y + pen.random.about(size * 0.5),
      ]);
      return pen.blob(points, mark);
    };
    const around = Math.min(f.width, f.height) * 0.055;
    const first = wavy(inset(f, around), { weight: 4.5, ink: paper.accent });
    return halo(first + wavy(inset(f, around * 1.15), { weight: 3 }));
  },
};

/** Marks over the picture that say how the camera moves, beside the faces in it. */
export function drawMovement(
  movement: CameraMovement,
  { frame, faces }: { frame: Rect; faces: readonly Rect[] },
  random: Random,
): string {
  const pen = new Pen(random, { ink: paper.ink, weight: 3, wobble: 0.4 });
  const size = Math.min(frame.width, frame.height) * 0.024;
  return drawings[movement]({ frame, faces, pen, way: random.sign(), size });
}

/** The lower or right edge, or where a mark there would lie over a face, the other one. */
function freeEdge({ faces }: Sheet, place: (edge: number) => Rect): 1 | -1 {
  const covered = (edge: number) => faces.reduce((sum, face) => sum + overlap(face, place(edge)), 0);
  return covered(1) <= covered(-1) ? 1 : -1;
}

/** An arrow for each corner, but for those that would lie over a face. */
function inwards(
  { faces, pen, way, size }: Sheet,
  lines: readonly (readonly [Point, Point])[],
  part: number,
): string {
  const isFree = ([from, to]: readonly [Point, Point]) => {
    const box = boundsOf(from, to);
    return faces.every((face) => overlap(face, box) === 0);
  };
  const free = lines.filter(isFree);
  return (free.length > 0 ? free : lines.slice(0, 1))
    .map(([outer, inner]) => arrow(pen, way === 1 ? [outer, inner] : [inner, outer], size * part))
    .join('');
}

/** The corners of a frame to come; whole, its sides would cross whoever is in the picture. */
function brackets(frame: Rect, pen: Pen): string {
  const leg = Math.min(frame.width, frame.height) * 0.2;
  const dashes = { weight: 3.5, dash: '22 14' };
  return corners(frame)
    .map(([x, y], i) => {
      const [dx, dy] = [i === 0 || i === 3 ? leg : -leg, i < 2 ? leg : -leg];
      return pen.path(`M${num(x + dx)} ${num(y)}L${num(x)} ${num(y)}L${num(x)} ${num(y + dy)}`, dashes);
    })
    .join('');
}

/** The middles of the edges, as a locked viewfinder shows them. */
function tripodMarks(f: Rect, pen: Pen): string {
  const leg = Math.min(f.width, f.height) * 0.028;
  const [cx, cy] = middle(f);
  return [
    pen.line([cx, f.y + 6], [cx, f.y + 6 + leg]),
    pen.line([cx, f.y + f.height - 6], [cx, f.y + f.height - 6 - leg]),
    pen.line([f.x + 6, cy], [f.x + 6 + leg, cy]),
    pen.line([f.x + f.width - 6, cy], [f.x + f.width - 6 - leg, cy]),
  ].join('');
}

function middle(f: Rect): Point {
  return [f.x + f.width / 2, f.y + f.height / 2];
}

function around([x, y]: Point, halfWidth: number, halfHeight: number): Rect {
  return { x: x - halfWidth, y: y - halfHeight, width: halfWidth * 2, height: halfHeight * 2 };
}

function boundsOf([ax, ay]: Point, [bx, by]: Point): Rect {
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx), height: Math.abs(ay - by) };
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
    `stroke="${paper.sheet}" stroke-width="9"`,
  );
  return under + marks;
}

function cornersOf(f: Rect): readonly (readonly [Point, Point])[] {
  return pairs(inset(f, Math.min(f.width, f.height) * 0.04), inset(f, Math.min(f.width, f.height) * 0.19));
}

function pairs(outer: Rect, inner: Rect): readonly (readonly [Point, Point])[] {
  const inside = corners(inner);
  return corners(outer).map((point, i) => [point, inside[i] ?? point] as const);
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
