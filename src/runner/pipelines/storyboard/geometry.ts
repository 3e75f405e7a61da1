export type Point = readonly [x: number, y: number];

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function lerp(from: number, to: number, t: number): number {
  return from + (to - from) * t;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

export function inset(rect: Rect, by: number): Rect {
  return { x: rect.x + by, y: rect.y + by, width: rect.width - 2 * by, height: rect.height - 2 * by };
}

/** The area both have, in square page units. */
export function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

export function corners(rect: Rect): Point[] {
  const { x, y, width, height } = rect;
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

/** The corners of an upright rectangle between two opposite corners. */
export function between([ax, ay]: Point, [bx, by]: Point): Point[] {
  return [
    [ax, ay],
    [bx, ay],
    [bx, by],
    [ax, by],
  ];
}

/** Written as in SVG: `0,0 0.2,0.03 …`. */
export function points(text: string): Point[] {
  return text.split(' ').map((pairText) => {
    const [x = 0, y = 0] = pairText.split(',').map(Number);
    return [x, y];
  });
}

export function ellipse([cx, cy]: Point, rx: number, ry: number, steps = 12): Point[] {
  return Array.from({ length: steps }, (_, i) => {
    const angle = (i / steps) * Math.PI * 2;
    return [cx + Math.cos(angle) * rx, cy + Math.sin(angle) * ry] as const;
  });
}

export function rotate([x, y]: Point, [cx, cy]: Point, angle: number): Point {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos];
}

/** A band along a spine, from one side (-1) to the other (1), as wide as `halfWidths` say at each point. */
export function ribbon(
  spine: readonly Point[],
  halfWidths: readonly number[],
  [from, to]: readonly [number, number] = [-1, 1],
): Point[] {
  const side = (amount: number) =>
    spine.map((point, i): Point => {
      const [nx, ny] = normalAt(spine, i);
      const offset = (halfWidths[i] ?? 0) * amount;
      return [point[0] + nx * offset, point[1] + ny * offset];
    });
  return [...side(from), ...side(to).reverse()];
}

function normalAt(spine: readonly Point[], i: number): Point {
  const [ax, ay] = spine[Math.max(0, i - 1)] ?? [0, 0];
  const [bx, by] = spine[Math.min(spine.length - 1, i + 1)] ?? [0, 0];
  const length = Math.hypot(bx - ax, by - ay) || 1;
  return [(by - ay) / length, -(bx - ax) / length];
}

/** SVG path data of straight segments. */
export function polygonPath(points: readonly Point[], closed: boolean): string {
  return points.map((point, i) => `${i === 0 ? 'M' : 'L'}${pair(point)}`).join('') + (closed ? 'Z' : '');
}

/** SVG path data of a curve through every point (Catmull-Rom turned into Béziers). */
export function smoothPath(points: readonly Point[], closed: boolean): string {
  const count = points.length;
  const at = (i: number): Point => points[closed ? (i + count) % count : clamp(i, 0, count - 1)] ?? [0, 0];
  const segments = Array.from({ length: closed ? count : count - 1 }, (_, i) => {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const first: Point = [p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6];
    const second: Point = [p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6];
    return `C${pair(first)} ${pair(second)} ${pair(p2)}`;
  });
  return `M${pair(at(0))}${segments.join('')}${closed ? 'Z' : ''}`;
}

/** A number as SVG wants it: short, and never NaN or exponential. */
export function num(value: number): string {
  if (!Number.isFinite(value)) return '0';
  return String(Math.round(clamp(value, -1e7, 1e7) * 10) / 10);
}

function pair([x, y]: Point): string {
  return `${num(x)} ${num(y)}`;
}
