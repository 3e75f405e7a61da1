import { hslOf } from './colour.ts';
import type { Pixels } from './sketch.ts';

/** What a character's reference picture says of the figure. */
export interface PictureColours {
  readonly clothes: string;
  readonly hair?: string;
}

interface Region {
  readonly from: number;
  readonly to: number;
  /** How much of the width, around the middle. */
  readonly wide: number;
}

type Rgb = readonly [r: number, g: number, b: number];

const body: Region = { from: 0.42, to: 0.96, wide: 0.6 };
const crown: Region = { from: 0.02, to: 0.3, wide: 0.5 };
const nearBackground = 42;
/** A smaller part of a region is no garment. */
const leastPart = 0.08;

/** The colour most of the clothes have, and that of the hair where it is one that hair has. */
export function coloursOf(picture: Pixels): PictureColours {
  const background = dominant(edgesOf(picture));
  const clothes = dominant(foreground(picture, body, background).filter((rgb) => !isSkin(rgb)));
  const whole = foreground(picture, { from: 0, to: 1, wide: 1 }, undefined);
  const hair = dominant(foreground(picture, crown, background).filter((rgb) => !isSkin(rgb)));
  const found = clothes ?? dominant(whole) ?? [128, 128, 128];
  return { clothes: hexOf(found), ...(hair !== undefined && isHair(hair) && { hair: hexOf(hair) }) };
}

/** The colour of what lies at the bottom of a place's picture. */
export function groundOf(picture: Pixels): string | undefined {
  const ground = dominant(foreground(picture, { from: 0.72, to: 1, wide: 1 }, undefined));
  return ground && hexOf(ground);
}

/** The pixels of a region that differ from the background, or all of them where hardly any do. */
function foreground(picture: Pixels, { from, to, wide }: Region, background: Rgb | undefined): Rgb[] {
  const { width, height } = picture;
  const all: Rgb[] = [];
  for (let y = Math.floor(height * from); y < height * to; y += 1)
    for (let x = Math.floor((width * (1 - wide)) / 2); x < (width * (1 + wide)) / 2; x += 1)
      all.push(...pixelAt(picture, x, y));
  if (background === undefined) return all;
  const own = all.filter((rgb) => distance(rgb, background) > nearBackground);
  return own.length >= all.length * leastPart ? own : all;
}

function edgesOf(picture: Pixels): Rgb[] {
  const { width, height } = picture;
  return Array.from({ length: Math.floor(height / 2) }, (_, y) => [
    ...pixelAt(picture, 0, y),
    ...pixelAt(picture, width - 1, y),
  ]).flat();
}

/** Transparent pixels are nothing. */
function pixelAt({ width, height, data }: Pixels, x: number, y: number): Rgb[] {
  const at = (y * width + x) * 4;
  if (x < 0 || y < 0 || x >= width || y >= height || (data[at + 3] ?? 0) < 128) return [];
  return [[data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]];
}

/** The mean of the fullest of the cells the colours fall into; strong colours count more, as they do to the eye. */
function dominant(colours: readonly Rgb[]): Rgb | undefined {
  const cells = new Map<number, { weight: number; sum: [number, number, number]; count: number }>();
  for (const [r, g, b] of colours) {
    const key = ((r >> 5) << 6) | ((g >> 5) << 3) | (b >> 5);
    const cell = cells.get(key) ?? { weight: 0, sum: [0, 0, 0], count: 0 };
    cell.weight += 0.5 + (Math.max(r, g, b) - Math.min(r, g, b)) / 160;
    cell.sum = [cell.sum[0] + r, cell.sum[1] + g, cell.sum[2] + b];
    cell.count += 1;
    cells.set(key, cell);
  }
  const [fullest] = [...cells.values()].toSorted((a, b) => b.weight - a.weight);
  if (fullest === undefined) return undefined;
  const [r, g, b] = fullest.sum;
  return [r / fullest.count, g / fullest.count, b / fullest.count];
}

function isSkin(rgb: Rgb): boolean {
  const { hue, saturation, lightness } = hslOf(hexOf(rgb));
  return (
    hue > 0.02 && hue < 0.1 && saturation > 0.2 && saturation < 0.7 && lightness > 0.5 && lightness < 0.88
  );
}

/** Dark, grey, or from blond to red. */
function isHair(rgb: Rgb): boolean {
  const { hue, saturation, lightness } = hslOf(hexOf(rgb));
  return lightness < 0.22 || saturation < 0.15 || (hue < 0.15 && lightness < 0.75);
}

function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function hexOf(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}
