/** What settings and numbers may be, without the schemas: the windows check by it what is typed. */
interface Range {
  readonly least: number;
  readonly most: number;
}

export const framesASecond: Range = { least: 1, most: 1000 };
const widthToHeight: Range = { least: 0.1, most: 10 };
export const pixels: Range = { least: 16, most: 16_384 };
export const lensRange: Range = { least: 1, most: 2000 };
export const longestDuration = 86_400;

export const fraction = /^[1-9]\d{0,5}\/[1-9]\d{0,3}$/;
export const ratio = /^(?!0+(\.0+)?:)\d+(\.\d+)?:(?!0+(\.0+)?$)\d+(\.\d+)?$/;

/** What is wanted, as the end of "… cannot be …: ". */
export const wanted = {
  fps: 'it is a number such as 24, or a fraction such as 24000/1001, from 1 to 1000.',
  resolution: 'it is width and height in pixels such as 1920x1080, each from 16 to 16384.',
  aspectRatio: 'it is width to height such as 16:9 or 2.39:1, from 1:10 to 10:1.',
  lens: 'it is a number of millimetres from 1 to 2000.',
  duration: 'it is a number of seconds, more than 0 and at most 86400.',
  longText: 'it is text of at most 10000 characters.',
} as const;

export function isFrameRate(value: number | string): boolean {
  if (typeof value === 'number') return isIn(framesASecond, value);
  return fraction.test(value) && isIn(framesASecond, quotient(value, '/'));
}

/** Of the picture, width to height; a side of nothing is none. */
export function isAspectRatio(value: string): boolean {
  return ratio.test(value) && isIn(widthToHeight, quotient(value, ':'));
}

export function isSide(value: unknown): boolean {
  return Number.isInteger(value) && isIn(pixels, Number(value));
}

export function isLens(value: number): boolean {
  return isIn(lensRange, value);
}

export function isDuration(value: number): boolean {
  return value > 0 && value <= longestDuration;
}

function quotient(text: string, sign: string): number {
  const [top = Number.NaN, bottom = Number.NaN] = text.split(sign).map(Number);
  return top / bottom;
}

function isIn({ least, most }: Range, value: number): boolean {
  return value >= least && value <= most;
}
