import type { Rect } from './geometry.ts';

/** Where things are on the card, in units of which the shorter side has 1000. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly picture: Rect;
  readonly strip: Rect;
  /** Present where the picture leaves room beside it. */
  readonly side?: Rect;
  /** Narrow cards stack what wide ones set side by side. */
  readonly stacked: boolean;
}

const margin = 26;
const gap = 18;
const narrowestSide = 170;

/** The picture keeps the panel's own aspect; the slate takes the bottom of the card, the legend what is left. */
export function layOut(panelWidth: number, panelHeight: number): Layout {
  const scale = 1000 / Math.min(panelWidth, panelHeight);
  const [width, height] = [panelWidth * scale, panelHeight * scale];
  const stacked = width / height < 1.25;
  const stripHeight = stacked ? (height > 1.5 * width ? 380 : 296) : 164;
  const room = { width: width - 2 * margin, height: height - stripHeight - 2 * margin - gap };
  const size = Math.min(room.width / panelWidth, room.height / panelHeight);
  const picture = { width: panelWidth * size, height: panelHeight * size };
  const left = room.width - picture.width - gap;
  const beside = left >= narrowestSide;
  const x = beside ? margin : margin + (room.width - picture.width) / 2;
  const y = margin + (room.height - picture.height) / 2;
  return {
    width,
    height,
    stacked,
    picture: { x, y, ...picture },
    strip: { x: margin, y: height - margin - stripHeight, width: room.width, height: stripHeight },
    ...(beside && { side: { x: x + picture.width + gap, y: margin, width: left, height: room.height } }),
  };
}
