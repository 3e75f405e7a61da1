import { clamp, lerp } from './geometry.ts';

type Rgb = readonly [r: number, g: number, b: number];

function fromHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function toHex(colour: Rgb): string {
  return `#${colour
    .map((part) =>
      Math.round(clamp(part, 0, 255))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

export function mix(from: string, to: string, amount: number): string {
  const target = fromHex(to);
  return toHex(each(fromHex(from), (part, i) => lerp(part, target[i] ?? 0, amount)));
}

export function multiply(colour: string, by: string, amount = 1): string {
  const factor = fromHex(by);
  return toHex(each(fromHex(colour), (part, i) => lerp(part, (part * (factor[i] ?? 255)) / 255, amount)));
}

/** 0 is grey, 1 unchanged, more is stronger. */
export function saturate(colour: string, amount: number): string {
  const rgb = fromHex(colour);
  const grey = brightness(colour);
  return toHex(each(rgb, (part) => lerp(grey, part, amount)));
}

export function contrast(colour: string, amount: number): string {
  return toHex(each(fromHex(colour), (part) => 128 + (part - 128) * amount));
}

/** 0..255, as the eye weighs it. */
export function brightness(colour: string): number {
  const [r, g, b] = fromHex(colour);
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

/** Hue in turns, the others 0..1. */
export function fromHsl(hue: number, saturation: number, lightness: number): string {
  const channel = (offset: number) => {
    const k = (offset + hue * 12) % 12;
    return (
      lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    );
  };
  return toHex([channel(0) * 255, channel(8) * 255, channel(4) * 255]);
}

function each([r, g, b]: Rgb, change: (part: number, index: number) => number): Rgb {
  return [change(r, 0), change(g, 1), change(b, 2)];
}

export interface Hsl {
  readonly hue: number;
  readonly saturation: number;
  readonly lightness: number;
}

/** The reverse of `fromHsl`. */
export function hslOf(colour: string): Hsl {
  const [r, g, b] = each(fromHex(colour), (part) => part / 255);
  const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)];
  const chroma = high - low;
  const lightness = (high + low) / 2;
  if (chroma === 0) return { hue: 0, saturation: 0, lightness };
  const sixth = high === r ? (g - b) / chroma + 6 : high === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  return { hue: (sixth / 6) % 1, saturation: chroma / (1 - Math.abs(2 * lightness - 1)), lightness };
}
