import { num, polygonPath, smoothPath, type Point } from './geometry.ts';
import type { Random } from './random.ts';

export interface Mark {
  readonly fill?: string;
  /** `none` for a tone without an outline. */
  readonly ink?: string;
  readonly weight?: number;
  readonly opacity?: number;
  readonly dash?: string;
}

/** Draws as a hand does: nothing quite straight, and every curve through its points. */
export class Pen {
  readonly random: Random;
  readonly ink: string;
  readonly weight: number;
  readonly wobble: number;

  constructor(random: Random, options: { ink: string; weight: number; wobble: number }) {
    this.random = random;
    this.ink = options.ink;
    this.weight = options.weight;
    this.wobble = options.wobble;
  }

  /** A closed curve. */
  blob(points: readonly Point[], mark: Mark = {}): string {
    return this.path(smoothPath(this.#shaken(points), true), mark);
  }

  /** A closed shape with corners. */
  polygon(points: readonly Point[], mark: Mark = {}): string {
    return this.path(polygonPath(this.#shaken(points), true), mark);
  }

  /** An open curve. */
  curve(points: readonly Point[], mark: Mark = {}): string {
    return this.path(smoothPath(this.#shaken(points), false), { ...mark, fill: 'none' });
  }

  /** A ruled line, bowed a little. */
  line(from: Point, to: Point, mark: Mark = {}): string {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const bow = this.random.about(Math.min(2.5, length * 0.008));
    const middle: Point = [(from[0] + to[0]) / 2 + bow, (from[1] + to[1]) / 2 - bow];
    return this.curve([from, middle, to], mark);
  }

  path(data: string, mark: Mark = {}): string {
    const ink = mark.ink ?? this.ink;
    const stroke =
      ink === 'none' ? '' : ` stroke="${ink}" stroke-width="${num2(mark.weight ?? this.weight)}"`;
    // Not `opacity`: a layer for every stroke is slow, and resvg panics over one that lies outside the page.
    const faint = mark.opacity === undefined ? '' : num2(mark.opacity);
    const opacity = faint === '' ? '' : ` fill-opacity="${faint}" stroke-opacity="${faint}"`;
    const dash = mark.dash === undefined ? '' : ` stroke-dasharray="${mark.dash}"`;
    return `<path d="${data}" fill="${mark.fill ?? 'none'}"${stroke}${opacity}${dash}/>`;
  }

  #shaken(points: readonly Point[]): Point[] {
    return points.map(([x, y]) => [x + this.random.about(this.wobble), y + this.random.about(this.wobble)]);
  }
}

function num2(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export function tag(name: string, attributes: Readonly<Record<string, string | number>>, inner = ''): string {
  const list = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? num(value) : value}"`)
    .join('');
  return inner === '' ? `<${name}${list}/>` : `<${name}${list}>${inner}</${name}>`;
}
