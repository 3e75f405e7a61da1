import { isUndecided } from '../../../core/domain/panel.ts';
import type { Panel } from '../../../core/model/panel.ts';
import type { CameraAngle, CameraMovement } from '../../../core/model/shotList.ts';
import { drawSpeechRow, layOutDialogue } from './dialogue.ts';
import type { Layout } from './layout.ts';
import type { Rect } from './geometry.ts';
import { paper } from './palette.ts';
import { tag } from './pen.ts';
import { isRightToLeft } from './scripts.ts';
import { drawInColumn, drawText, fit, plain, wrap, type TextStyle } from './text.ts';

export interface SlateWords {
  readonly panel: Panel;
  readonly takeNumber: number;
  readonly seed: number;
  readonly pipeline: string;
}

const angles: Readonly<Record<CameraAngle, string>> = {
  low: 'low angle',
  eye: 'eye level',
  high: 'high angle',
  'birds-eye': "bird's-eye",
  dutch: 'dutch angle',
};
const movements: Readonly<Record<CameraMovement, string>> = {
  static: 'static',
  pan: 'pan',
  tilt: 'tilt',
  dolly: 'dolly',
  truck: 'truck',
  crane: 'crane',
  zoom: 'zoom',
  handheld: 'handheld',
};

const heading: TextStyle = { size: 25, weight: 'bold', fill: paper.ink };
const body: TextStyle = { size: 22, fill: paper.ink };
const spec: TextStyle = { size: 20, fill: paper.ink };
const specBold: TextStyle = { ...spec, weight: 'bold' };
const small: TextStyle = { size: 18, fill: paper.faint };
const badgeSize = { width: 292, height: 164 };
const specsWidth = 340;

/** The strip below the picture: which take of which shot, how it is framed, what happens. */
export function drawSlate(words: SlateWords, { strip, stacked }: Layout): string {
  const badgeAt: Rect = {
    x: strip.x,
    y: strip.y,
    ...badgeSize,
    height: Math.min(badgeSize.height, stacked ? 128 : strip.height),
  };
  const specsAt: Rect = stacked
    ? {
        x: strip.x + badgeSize.width + 24,
        y: strip.y,
        width: strip.width - badgeSize.width - 24,
        height: badgeAt.height,
      }
    : { x: strip.x + strip.width - specsWidth, y: strip.y, width: specsWidth, height: strip.height };
  const storyAt: Rect = stacked
    ? {
        x: strip.x,
        y: strip.y + badgeAt.height + 10,
        width: strip.width,
        height: strip.height - badgeAt.height - 10,
      }
    : {
        x: strip.x + badgeSize.width + 24,
        y: strip.y,
        width: strip.width - badgeSize.width - specsWidth - 48,
        height: strip.height,
      };
  return badge(words, badgeAt) + story(words.panel, storyAt) + specs(words, specsAt);
}

/** A clapperboard with address and take. */
function badge({ panel, takeNumber }: SlateWords, { x, y, width, height }: Rect): string {
  const bar = 24;
  const stripes = Array.from({ length: 8 }, (_, i) => {
    const left = x + 8 + i * 37;
    return `M${left} ${y + bar}l12 ${-bar}h17l-12 ${bar}Z`;
  }).join('');
  const tight = height < 150;
  const rows = {
    project: y + (tight ? 46 : 50),
    address: y + (tight ? 80 : 97),
    take: y + (tight ? 116 : 146),
  };
  const address: TextStyle = { size: tight ? 31 : 40, weight: 'bold', fill: paper.sheet };
  const take: TextStyle = { ...address, fill: '#ffc861' };
  const film: TextStyle = { size: 18, fill: '#cfc7b7' };
  const inner = width - 26;
  return [
    tag('rect', { x, y, width, height, rx: 9, fill: paper.ink }),
    tag('path', { d: stripes, fill: paper.sheet }),
    drawText(fit(panel.project, inner, film), [x + 14, rows.project], film),
    drawText(fit(panel.address, inner, address), [x + 14, rows.address], address),
    drawText(fit(`TAKE ${String(takeNumber).padStart(2, '0')}`, inner, take), [x + 14, rows.take], take),
  ].join('');
}

function story(panel: Panel, { x, y, width, height }: Rect): string {
  const { title, fromRight } = headline(panel);
  const lineHeight = 28;
  const above = title === '' ? 0 : 32;
  const room = Math.max(1, Math.floor((height - 2 - above) / lineHeight));
  const at = (row: number) => [x, y + 22 + above + row * lineHeight] as const;
  // What is said has two rows, and those the description leaves.
  const needed = wrap(panel.description, width, room, body).length;
  const dialogue = layOutDialogue(panel, {
    width,
    rows: Math.min(room - 1, Math.max(2, room - needed)),
  });
  const description = wrap(panel.description, width, room - dialogue.length, body);
  return [
    drawInColumn(fit(title, width, heading), { x, y: y + 22, width, fromRight }, heading),
    ...description.map((text, row) =>
      drawInColumn(text, { x, y: at(row)[1], width, fromRight: isRightToLeft(panel.description) }, body),
    ),
    ...dialogue.map((row, i) => drawSpeechRow(row, at(description.length + i), width)),
  ].join('');
}

/** Where and when, as far as it is decided. */
function headline(panel: Panel): { title: string; fromRight: boolean } {
  const location = plain(panel.location ?? '').toUpperCase();
  const setting = panel.setting === 'INT/EXT' ? 'INT./EXT.' : `${panel.setting}.`;
  const isOpen = isUndecided(panel, 'setting');
  const place = (isOpen ? location : `${setting} ${location}`).trim();
  const time = isUndecided(panel, 'timeOfDay') ? '' : panel.timeOfDay.toUpperCase();
  return {
    title: [place, time].filter((part) => part !== '').join(' – '),
    fromRight: isRightToLeft(isOpen ? place : place.slice(5)),
  };
}

function framing(panel: Panel): string {
  const words = { size: panel.size, angle: angles[panel.angle], movement: movements[panel.movement] };
  return (['size', 'angle', 'movement'] as const)
    .filter((field) => !isUndecided(panel, field))
    .map((field) => words[field])
    .join(' · ');
}

function specs(words: SlateWords, { x, y, width, height }: Rect): string {
  const { panel, seed, pipeline } = words;
  const optics = [
    panel.lens === undefined ? '' : `${short(panel.lens)} mm`,
    panel.duration === undefined ? '' : `${short(panel.duration)} s`,
    frameRate(panel.fps),
  ];
  const rows: readonly (readonly [string, TextStyle])[] = [
    [framing(panel), specBold],
    [optics.filter((text) => text !== '').join(' · '), spec],
    [`seed ${seed}`, small],
    [[panel.style ?? '', pipeline].filter((text) => plain(text) !== '').join(' · '), small],
  ];
  const said = rows.filter(([text]) => text !== '');
  const step = Math.min(33, (height - 20) / (rows.length - 1));
  const rule = tag('path', {
    d: `M${x - 14} ${y + 4}v${height - 8}`,
    stroke: paper.rule,
    'stroke-width': 2,
    fill: 'none',
  });
  return (
    rule +
    said.map(([text, style], i) => drawText(fit(text, width, style), [x, y + 22 + i * step], style)).join('')
  );
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** `24000/1001` is read by people as 23.98. */
function frameRate(fps: number | string): string {
  const [top = 0, bottom = 1] = String(fps).split('/').map(Number);
  return Number.isFinite(top / bottom) ? `${short(top / bottom)} fps` : `${plain(String(fps))} fps`;
}
