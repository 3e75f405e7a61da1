import type { CameraAngle } from '../../../core/model/shotList.ts';
import { brightness } from './colour.ts';
import { between, ribbon, smoothPath, type Point } from './geometry.ts';
import { shaded, type Palette } from './palette.ts';
import type { Mark, Pen } from './pen.ts';
import { poses, type PoseShape } from './poses.ts';
import type { Placed } from './staging.ts';

/** How much wider things are at the head and at the feet: what a camera from below or above does. */
export const tapers: Readonly<Record<CameraAngle, readonly [head: number, feet: number]>> = {
  low: [0.9, 1.16],
  eye: [1, 1],
  high: [1.1, 0.8],
  'birds-eye': [1, 1],
  dutch: [0.98, 1.02],
};

/** How many points of an edge to leave out at its start and its end. */
type Part = readonly [atStart: number, atEnd: number];

/**
 * Places body parts on the page. They are described in heads, turned to the right: x from the spine, y down from
 * the top of the head. Everything drawn is kept, so that a halo can be laid behind the whole figure.
 */
export class Rig {
  readonly placed: Placed;
  readonly pen: Pen;
  readonly palette: Palette;
  readonly angle: CameraAngle;
  /** Which side the light comes from, on the page. */
  readonly lit: 1 | -1;
  readonly #outlines: string[] = [];
  readonly #marks: string[] = [];

  constructor(placed: Placed, look: { pen: Pen; palette: Palette; angle: CameraAngle; lit: 1 | -1 }) {
    this.placed = placed;
    this.pen = look.pen;
    this.palette = look.palette;
    this.angle = look.angle;
    this.lit = look.lit;
  }

  /** Whether a face can show anything. */
  get detailed(): boolean {
    return this.placed.scale > 34;
  }

  /** How much of a body's width is seen. */
  get turned(): number {
    return this.placed.profile ? 0.7 : 1;
  }

  get pose(): PoseShape {
    return poses[this.placed.pose];
  }

  at([x, y]: Point): Point {
    const { placed } = this;
    if (this.pose.lying === true)
      return [
        placed.x + placed.facing * (y - 0.5) * placed.scale,
        placed.top + (0.62 - x * 0.8) * placed.scale,
      ];
    const [head, feet] = tapers[this.angle];
    const t = Math.max(0, y) / this.pose.height;
    const along = (head * t + ((feet - head) * t * t) / 2) / ((head + feet) / 2);
    // The head keeps its shape; only the body below is stretched to reach the floor.
    const own = y <= 1 ? y * placed.scale * head : this.#neck + (along - this.#neckShare) * this.#bodyLength;
    const width = head + (feet - head) * t;
    return [placed.x + placed.facing * x * placed.scale * width, placed.top + own];
  }

  blob(points: readonly Point[], fill: string, mark: Mark = {}): void {
    const placed = points.map((point) => this.at(point));
    this.#outlines.push(smoothPath(placed, true));
    this.#marks.push(this.pen.blob(placed, { fill, ...mark }));
  }

  /** A box in body measures. */
  box(from: Point, to: Point, fill: string): void {
    this.#marks.push(
      this.pen.polygon(
        between(from, to).map((point) => this.at(point)),
        { fill },
      ),
    );
  }

  /** A box beside a body that lies: along the ground from the head, down from the face. */
  slab(from: Point, to: Point, fill: string): void {
    const { x, top, scale, facing } = this.placed;
    const corners = between(from, to).map(([along, down]): Point => [
      x + facing * along * scale,
      top + down * scale,
    ]);
    this.#marks.push(this.pen.polygon(corners, { fill }));
  }

  /** A tone without an outline. */
  tone(points: readonly Point[], fill: string, opacity = 1): void {
    this.#marks.push(
      this.pen.blob(
        points.map((point) => this.at(point)),
        { fill, ink: 'none', opacity },
      ),
    );
  }

  curve(points: readonly Point[], mark: Mark = {}): void {
    this.#marks.push(
      this.pen.curve(
        points.map((point) => this.at(point)),
        mark,
      ),
    );
  }

  /**
   * A limb, or any part that is a band along a line, with its turned-away side in shadow. With `inked` only that
   * part of its edge has a line: the rest grows out of what is drawn already.
   */
  limb(
    spine: readonly Point[],
    halfWidths: readonly number[],
    { colour, inked }: { colour: string; inked?: Part },
  ): void {
    const edge = ribbon(spine, halfWidths);
    if (inked !== undefined) {
      this.#outlines.push(
        smoothPath(
          edge.map((point) => this.at(point)),
          true,
        ),
      );
      this.tone(edge, colour);
    } else this.blob(edge, colour);
    if (this.placed.scale > 12)
      this.tone(
        ribbon(
          spine,
          halfWidths.map((half) => half * 0.97),
          this.#dark(spine),
        ),
        this.shadow(colour),
      );
    if (inked !== undefined) this.curve(edge.slice(inked[0], edge.length - inked[1]));
  }

  shadow(colour: string): string {
    return shaded(colour, this.palette, brightness(colour) < 70 ? 0.5 : 0.3);
  }

  render(haloWidth: number): string {
    const halo = this.pen.path(this.#outlines.join(''), {
      ink: this.palette.halo,
      weight: haloWidth,
      opacity: 0.6,
    });
    return halo + this.#marks.join('');
  }

  /** The ribbon's side that is away from the light, whichever way the spine runs and the figure faces. */
  #dark(spine: readonly Point[]): readonly [number, number] {
    const down = (spine.at(-1)?.[1] ?? 0) >= (spine[0]?.[1] ?? 0) ? 1 : -1;
    const side = -this.lit * this.placed.facing * down;
    return side > 0 ? [0.3, 1] : [-1, -0.3];
  }

  get #neck(): number {
    return this.placed.scale * tapers[this.angle][0];
  }

  get #neckShare(): number {
    const [head, feet] = tapers[this.angle];
    const t = 1 / this.pose.height;
    return (head * t + ((feet - head) * t * t) / 2) / ((head + feet) / 2);
  }

  get #bodyLength(): number {
    return (this.placed.length - this.#neck) / (1 - this.#neckShare);
  }
}
