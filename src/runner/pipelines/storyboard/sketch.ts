import { brightness } from './colour.ts';
import { clamp, lerp } from './geometry.ts';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha. */
  readonly data: Uint8Array;
}

/** Dark, middle and light of the picture's palette, as `#rrggbb`, and the ink of its lines. */
export interface SketchTones {
  readonly dark: string;
  readonly middle: string;
  readonly light: string;
  readonly ink: string;
}

const radius = 2;
const steps = 7;
/** How far the photograph's own colours give way to the palette's. */
const toned = 0.5;

/** A photograph as a hand would lay it down: areas of a few tones, ink where they meet. */
export function sketch(picture: Pixels, tones: SketchTones): Pixels {
  const { width, height } = picture;
  const smooth = simplified(picture);
  const lightness = luminance(smooth);
  const ramp = rampOf(tones);
  const ink = channels(tones.ink);
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x;
      const level = lightness[i] ?? 0;
      const step = Math.round((level / 255) * steps) / steps;
      const line = edgeAt(lightness, { x, y, width, height });
      for (let c = 0; c < 3; c += 1) {
        const own = clamp((smooth[i * 4 + c] ?? 0) + (step * 255 - level), 0, 255);
        const tone = ramp[Math.round(step * steps)]?.[c] ?? own;
        data[i * 4 + c] = lerp(lerp(own, tone, toned), ink[c] ?? 0, line);
      }
      data[i * 4 + 3] = 255;
    }
  }
  return { width, height, data };
}

/** Each pixel takes the mean of that quarter of its neighbourhood which varies least (Kuwahara). */
function simplified({ width, height, data }: Pixels): Uint8Array {
  const out = new Uint8Array(data.length);
  const grey = luminance(data);
  const corners = [
    [-radius, -radius],
    [0, -radius],
    [-radius, 0],
    [0, 0],
  ] as const;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let least = Infinity;
      let best: Quarter | undefined;
      for (const [dx, dy] of corners) {
        const quarter = meanOf({ width, height, data }, grey, { x: x + dx, y: y + dy });
        if (quarter.variance >= least) continue;
        least = quarter.variance;
        best = quarter;
      }
      const at = (y * width + x) * 4;
      out[at] = best?.r ?? 0;
      out[at + 1] = best?.g ?? 0;
      out[at + 2] = best?.b ?? 0;
      out[at + 3] = 255;
    }
  }
  return out;
}

interface Quarter {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly variance: number;
}

function meanOf(
  { width, height, data }: Pixels,
  grey: Uint8Array,
  { x, y }: { x: number; y: number },
): Quarter {
  let [r, g, b, sum, squares] = [0, 0, 0, 0, 0];
  for (let dy = 0; dy <= radius; dy += 1) {
    const row = Math.min(height - 1, Math.max(0, y + dy)) * width;
    for (let dx = 0; dx <= radius; dx += 1) {
      const i = row + Math.min(width - 1, Math.max(0, x + dx));
      const level = grey[i] ?? 0;
      sum += level;
      squares += level * level;
      r += data[i * 4] ?? 0;
      g += data[i * 4 + 1] ?? 0;
      b += data[i * 4 + 2] ?? 0;
    }
  }
  const n = (radius + 1) ** 2;
  return { r: r / n, g: g / n, b: b / n, variance: squares / n - (sum / n) ** 2 };
}

function luminance(data: Uint8Array): Uint8Array {
  const grey = new Uint8Array(data.length / 4);
  for (let i = 0; i < grey.length; i += 1)
    grey[i] = 0.299 * (data[i * 4] ?? 0) + 0.587 * (data[i * 4 + 1] ?? 0) + 0.114 * (data[i * 4 + 2] ?? 0);
  return grey;
}

/** 0 to 0.8: how much ink a change of tone gets. */
function edgeAt(
  grey: Uint8Array,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): number {
  if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return 0;
  const i = y * width + x;
  const across = (grey[i + 1] ?? 0) - (grey[i - 1] ?? 0);
  const down = (grey[i + width] ?? 0) - (grey[i - width] ?? 0);
  return clamp((Math.hypot(across, down) - 22) / 60, 0, 0.8);
}

/** The palette's tones from dark to light, each as bright as its step says at most. */
function rampOf({ dark, middle, light }: SketchTones): readonly (readonly number[])[] {
  const [low, mid, high] = [dark, middle, light].map((tone) => channels(tone));
  const turn = clamp(
    (brightness(middle) - brightness(dark)) / Math.max(1, brightness(light) - brightness(dark)),
    0.3,
    0.7,
  );
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    return [0, 1, 2].map((c) =>
      t < turn
        ? lerp(low?.[c] ?? 0, mid?.[c] ?? 0, t / turn)
        : lerp(mid?.[c] ?? 0, high?.[c] ?? 0, (t - turn) / (1 - turn)),
    );
  });
}

function channels(hex: string): readonly number[] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
