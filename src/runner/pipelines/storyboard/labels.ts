import { clamp, type Rect } from './geometry.ts';
import { paper } from './palette.ts';
import { tag } from './pen.ts';
import type { Placed } from './staging.ts';
import { drawText, fit, measure, plain, type TextStyle } from './text.ts';

const style: TextStyle = { size: 19, fill: paper.ink };
const height = 27;

/** Each figure's name, small, below it or at the picture's lower edge, never one over another. */
export function drawLabels(figures: readonly Placed[], frame: Rect): string {
  const taken: Rect[] = [];
  return figures
    .toReversed()
    .map((figure) => {
      const name = fit(plain(figure.traits.name), Math.min(230, frame.width * 0.4), style);
      const spot = place(figure, measure(name, style.size) + 38, { frame, taken });
      taken.push(spot);
      return draw(name, figure, spot);
    })
    .join('');
}

function place(
  figure: Placed,
  width: number,
  { frame, taken }: { frame: Rect; taken: readonly Rect[] },
): Rect {
  const x = clamp(figure.x - width / 2, frame.x + 12, frame.x + frame.width - width - 12);
  const lowest = frame.y + frame.height - height - 12;
  let y = Math.min(figure.top + figure.length + 12, lowest);
  const hits = (rect: Rect) =>
    Math.abs(rect.y - y) < height + 3 && rect.x < x + width + 6 && x < rect.x + rect.width + 6;
  while (y > frame.y + frame.height * 0.5 && taken.some(hits)) y -= height + 5;
  return { x, y, width, height };
}

function draw(name: string, { traits }: Placed, { x, y, width }: Rect): string {
  return [
    tag('rect', { x, y, width, height, rx: 6, fill: paper.sheet, 'fill-opacity': 0.86 }),
    tag('circle', { cx: x + 16, cy: y + height / 2, r: 7, fill: traits.colour }),
    drawText(name, [x + 29, y + 19.5], style),
  ].join('');
}
