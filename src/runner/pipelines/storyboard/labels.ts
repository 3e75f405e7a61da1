import type { Camera } from './camera.ts';
import { faceBox, footOf } from './faces.ts';
import { clamp, inset, overlap, type Point, type Rect } from './geometry.ts';
import { paper, type Palette } from './palette.ts';
import { tag } from './pen.ts';
import type { Placed } from './staging.ts';
import { drawText, fit, measure, plain, type TextStyle } from './text.ts';

const style: TextStyle = { size: 19, fill: paper.ink };
const height = 27;
const gap = 4;

/** Each figure's name, small, below it or at the picture's lower edge, never over a face or another name. */
export function drawLabels(
  figures: readonly Placed[],
  { camera, palette }: { camera: Camera; palette: Palette },
): string {
  const { frame } = camera;
  const faces = figures.map((figure) => faceBox(figure, camera));
  const taken: Rect[] = [];
  return figures
    .toReversed()
    .map((figure) => {
      const name = fit(plain(figure.traits.name), Math.min(230, frame.width * 0.4), style);
      const width = measure(name, style.size) + 38;
      const spot = place(footOf(figure, camera), { width, frame, taken: [...taken, ...faces] });
      taken.push(spot);
      return draw(name, palette.cloth(figure.traits.colour), spot);
    })
    .join('');
}

/** The free place nearest to below the feet, in the lower half of the picture. */
function place(
  foot: Point,
  { width, frame, taken }: { width: number; frame: Rect; taken: readonly Rect[] },
): Rect {
  const [left, right] = [frame.x + 12, frame.x + frame.width - width - 12];
  const lowest = frame.y + frame.height - height - 12;
  const wish: Rect = {
    x: clamp(foot[0] - width / 2, left, right),
    y: Math.min(foot[1] + 12, lowest),
    width,
    height,
  };
  const columns = [
    wish.x,
    left,
    right,
    ...taken.flatMap((one) => [one.x - width - gap, one.x + one.width + gap]),
  ];
  const rows = Array.from({ length: 12 }, (_, i) => wish.y - i * (height + gap));
  const away = ({ x, y }: Rect) => Math.abs(x - wish.x) + Math.abs(y - wish.y);
  const free = rows
    .flatMap((y) => columns.map((x): Rect => ({ x: clamp(x, left, right), y, width, height })))
    .filter((spot) => spot.y === wish.y || spot.y > frame.y + frame.height * 0.5)
    .filter((spot) => taken.every((one) => overlap(inset(one, -gap / 2), spot) === 0))
    .toSorted((a, b) => away(a) - away(b));
  return free[0] ?? wish;
}

function draw(name: string, colour: string, { x, y, width }: Rect): string {
  return [
    tag('rect', { x, y, width, height, rx: 6, fill: paper.sheet, 'fill-opacity': 0.86 }),
    tag('circle', { cx: x + 16, cy: y + height / 2, r: 7, fill: colour }),
    drawText(name, [x + 29, y + 19.5], style),
  ].join('');
}
