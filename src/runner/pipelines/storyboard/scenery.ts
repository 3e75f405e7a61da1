import type { Camera } from './camera.ts';
import type { Point, Rect } from './geometry.ts';
import { shaded, type Palette } from './palette.ts';
import type { Pen } from './pen.ts';
import type { Random } from './random.ts';

/** What every backdrop is drawn with. */
export interface Scenery {
  readonly camera: Camera;
  readonly pen: Pen;
  readonly palette: Palette;
  readonly random: Random;
  /** The picture with room to spare, so that a tilted camera shows no edge. */
  readonly area: Rect;
  /** Which side the light comes from. */
  readonly lit: 1 | -1;
  /** Where figures are, seen from above. */
  readonly clear: readonly Rect[];
  /** Words of the location and the description. */
  readonly words: string;
  /** Ids unique in the picture, for gradients. */
  readonly id: () => string;
}

export interface Drawn {
  /** Gradients and clips. */
  readonly defs: string;
  readonly marks: string;
}

/** A room: x from −half to half, y from 0 to height, its back wall at depth. In heads. */
export interface Room {
  readonly half: number;
  readonly height: number;
  readonly depth: number;
  readonly near: number;
}

export interface Solid {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly z: readonly [number, number];
}

/** A box in perspective: its front, and those of its other faces that the camera sees. */
export function box(scenery: Scenery, { x, y, z }: Solid, colour: string): string {
  const { camera, pen, palette, lit } = scenery;
  const [x0, x1] = x;
  const [y0, y1] = y;
  const [z0, z1] = z;
  const p = (px: number, py: number, pz: number) => camera.project(px, py, pz);
  const faces: string[] = [];
  const dark = (facing: 1 | -1) => shaded(colour, palette, facing === lit ? 0.1 : 0.42);
  if (x0 > 0)
    faces.push(pen.polygon([p(x0, y0, z0), p(x0, y1, z0), p(x0, y1, z1), p(x0, y0, z1)], { fill: dark(-1) }));
  if (x1 < 0)
    faces.push(pen.polygon([p(x1, y0, z0), p(x1, y1, z0), p(x1, y1, z1), p(x1, y0, z1)], { fill: dark(1) }));
  if (y1 < camera.height)
    faces.push(
      pen.polygon([p(x0, y1, z0), p(x1, y1, z0), p(x1, y1, z1), p(x0, y1, z1)], {
        fill: shaded(colour, palette, 0),
      }),
    );
  faces.push(
    pen.polygon([p(x0, y0, z0), p(x1, y0, z0), p(x1, y1, z0), p(x0, y1, z0)], {
      fill: shaded(colour, palette, 0.2),
    }),
  );
  return faces.join('');
}

/** An upright rectangle that faces the camera. */
export function panelAt(camera: Camera, { x, y, z }: Solid): Point[] {
  const [x0, x1] = x;
  const [y0, y1] = y;
  return [
    camera.project(x0, y1, z[0]),
    camera.project(x1, y1, z[0]),
    camera.project(x1, y0, z[0]),
    camera.project(x0, y0, z[0]),
  ];
}

export function skyGradient(id: string, palette: Palette, [top, bottom]: readonly [number, number]): string {
  return (
    `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="0" y1="${Math.round(top)}" x2="0" y2="${Math.round(bottom)}">` +
    `<stop offset="0" stop-color="${palette.skyTop}"/><stop offset="1" stop-color="${palette.skyLow}"/></linearGradient>`
  );
}

/** Light that fades in rings, as a marker would lay it; a smooth one doubles the size of the PNG. */
export function glow(id: string, colour: string, strength: number): string {
  const rings = 6;
  const stops = Array.from({ length: rings }, (_, i) => {
    const opacity = (strength * (1 - i / rings) ** 2).toFixed(2);
    const stop = (offset: number) =>
      `<stop offset="${offset.toFixed(3)}" stop-color="${colour}" stop-opacity="${opacity}"/>`;
    return stop(i / rings) + stop((i + 1) / rings);
  });
  return `<radialGradient id="${id}">${stops.join('')}</radialGradient>`;
}
