import type { Panel } from '../../../core/model/panel.ts';
import { num, type Point, type Rect } from './geometry.ts';
import { paper, type Palette } from './palette.ts';
import { tag } from './pen.ts';
import type { Placed } from './staging.ts';
import { drawText, fit, plain, type TextStyle } from './text.ts';
import type { Traits } from './traits.ts';

const title: TextStyle = { size: 17, weight: 'bold', fill: paper.faint };
const entry: TextStyle = { size: 20, fill: paper.ink };

interface Staged {
  readonly panel: Panel;
  readonly cast: readonly Traits[];
  readonly figures: readonly Placed[];
  readonly palette: Palette;
}

/** Beside the picture: where everybody stands, who is who, and lines for a pencil. */
export function drawLegend(
  { panel, cast, figures, palette }: Staged,
  { side, picture }: { side: Rect; picture: Rect },
): string {
  const planHeight = Math.min(side.width * 0.8, side.height * 0.36);
  const list = drawCast({ panel, cast, palette }, { ...side, y: side.y + planHeight + 58 });
  return (
    plan({ figures, palette }, picture, { ...side, height: planHeight }) +
    list.marks +
    notes({ ...side, y: list.bottom, height: side.y + side.height - list.bottom })
  );
}

/** The floor from above: the camera below, the figures where they stand. */
function plan({ figures, palette }: Pick<Staged, 'figures' | 'palette'>, picture: Rect, at: Rect): string {
  const box: Rect = { ...at, y: at.y + 28 };
  const camera: Point = [box.x + box.width / 2, box.y + box.height - 26];
  const reach = box.height - 64;
  const spread = box.width * 0.42;
  const ray = (side: number) =>
    `M${num(camera[0])} ${num(camera[1] - 12)}L${num(camera[0] + side * spread)} ${num(box.y + 14)}`;
  const nearest = Math.max(1, ...figures.map((figure) => figure.nearness));
  const dots = figures.map((figure) => {
    const depth = nearest / figure.nearness;
    const away = Math.min(0.92, 0.28 + 0.26 * depth);
    const x = camera[0] + ((figure.x - picture.x) / picture.width - 0.5) * 2 * spread * away;
    return person(figure, palette, [
      Math.min(Math.max(x, box.x + 18), box.x + box.width - 18),
      camera[1] - reach * away,
    ]);
  });
  return [
    drawText('PLAN', [at.x, at.y + 17], title),
    tag('rect', { ...box, rx: 6, fill: '#fffdf7', stroke: paper.rule, 'stroke-width': 2 }),
    tag('path', {
      d: ray(-1) + ray(1),
      stroke: paper.faint,
      'stroke-width': 2,
      'stroke-dasharray': '7 6',
      fill: 'none',
    }),
    tag('path', {
      d: `M${num(camera[0] - 15)} ${num(camera[1] - 2)}h30v18h-30ZM${num(camera[0] - 5)} ${num(camera[1] - 2)}l-7 -11h24l-7 11Z`,
      fill: paper.ink,
    }),
    ...dots,
  ].join('');
}

/** A disc with a nose that points where the figure looks. */
function person({ traits, facing, back }: Placed, palette: Palette, [x, y]: Point): string {
  const toCamera = back ? -1 : 1;
  const nose = `M${num(x + facing * 22)} ${num(y + toCamera * 9)}L${num(x + facing * 10)} ${num(y - 8)}L${num(x + facing * 3)} ${num(y + toCamera * 13)}Z`;
  return (
    tag('path', { d: nose, fill: paper.ink }) +
    tag('circle', {
      cx: x,
      cy: y,
      r: 12,
      fill: palette.cloth(traits.colour),
      stroke: paper.ink,
      'stroke-width': 2.5,
    })
  );
}

function drawCast(
  { panel, cast, palette }: Omit<Staged, 'figures'>,
  at: Rect,
): { marks: string; bottom: number } {
  const most = 8;
  const shown = cast.slice(0, panel.characters.length > most ? most - 1 : most);
  if (shown.length === 0) return { marks: '', bottom: at.y - 14 };
  const rows = shown.map((traits, i) => {
    const y = at.y + 32 + i * 32;
    const chip = tag('circle', {
      cx: at.x + 10,
      cy: y - 7,
      r: 9,
      fill: palette.cloth(traits.colour),
      stroke: paper.ink,
      'stroke-width': 2,
    });
    return chip + drawText(fit(plain(traits.name), at.width - 32, entry), [at.x + 30, y], entry);
  });
  const left = panel.characters.length - shown.length;
  const more =
    left > 0
      ? drawText(`and ${left} more`, [at.x + 30, at.y + 32 + rows.length * 32], {
          ...entry,
          fill: paper.faint,
        })
      : '';
  return {
    marks: drawText('CAST', [at.x, at.y], title) + rows.join('') + more,
    bottom: at.y + 44 + (rows.length + (left > 0 ? 1 : 0)) * 32,
  };
}

function notes({ x, y, width, height }: Rect): string {
  if (height < 90) return '';
  const count = Math.min(24, Math.floor((height - 30) / 36));
  const lines = Array.from(
    { length: count },
    (_, i) => `M${num(x)} ${num(y + 52 + i * 36)}h${num(width)}`,
  ).join('');
  return (
    drawText('NOTES', [x, y + 17], title) +
    tag('path', { d: lines, stroke: paper.rule, 'stroke-width': 2, fill: 'none' })
  );
}
