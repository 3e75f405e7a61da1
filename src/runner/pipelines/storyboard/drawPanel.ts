import type { Panel } from '../../../core/model/panel.ts';
import { blockingOf } from './blocking.ts';
import { placeCamera, type Camera } from './camera.ts';
import { drawBackdropPicture } from './backdrop.ts';
import { castOf } from './cast.ts';
import { drawExterior } from './exterior.ts';
import { faceBox, figureBox } from './faces.ts';
import { drawFigure } from './figure.ts';
import { corners, inset, num, polygonPath, type Rect } from './geometry.ts';
import { drawInterior } from './interior.ts';
import { drawLabels } from './labels.ts';
import { layOut, type Layout } from './layout.ts';
import { drawLegend } from './legend.ts';
import { drawMovement } from './movement.ts';
import { drawOverhead } from './overhead.ts';
import { peopled } from './people.ts';
import { placed } from './placeWords.ts';
import { choosePalette, paper, type Palette } from './palette.ts';
import { Pen, tag } from './pen.ts';
import { Random } from './random.ts';
import type { PanelPictures } from './referencePictures.ts';
import type { Drawn, Scenery } from './scenery.ts';
import { drawSlate } from './slate.ts';
import { stage, type Placed } from './staging.ts';
import { drawTopFigure } from './topFigure.ts';

export interface PanelInput {
  readonly panel: Panel;
  readonly takeNumber: number;
  readonly seed: number;
  /** What made it, in words for the slate. */
  readonly pipeline: string;
  readonly pictures?: PanelPictures;
}

interface Picture {
  readonly panel: Panel;
  readonly camera: Camera;
  readonly palette: Palette;
  readonly figures: readonly Placed[];
  readonly seed: number;
  readonly lit: 1 | -1;
  readonly pictures: PanelPictures | undefined;
}

/** One storyboard card as SVG; the same input always gives the same text. */
export function drawPanel(input: PanelInput): string {
  const { seed } = input;
  const { panel, told } = peopled(placed(input.panel));
  const layout = layOut(panel.width, panel.height);
  const cast = castOf(panel, input.pictures?.colours);
  const blocking = blockingOf(told);
  const camera = placeCamera({ panel, cast, frame: layout.picture, blocking }, new Random(seed, 'camera'));
  const figures = stage({ panel, cast, camera, blocking }, new Random(seed, 'staging'));
  const palette = choosePalette(panel);
  const picture: Picture = {
    panel,
    camera,
    palette,
    figures,
    seed,
    lit: new Random(seed, 'light').sign(),
    pictures: input.pictures,
  };
  const scene = drawScene(picture);
  const card = [
    scene.marks,
    drawMovement(
      panel.movement,
      { frame: layout.picture, faces: figures.map((figure) => faceBox(figure, camera)) },
      new Random(seed, 'movement'),
    ),
    drawLabels(figures, { camera, palette }),
    passePartout(layout),
    border(layout.picture, seed),
    layout.side === undefined
      ? ''
      : drawLegend({ panel, cast, figures, palette }, { side: layout.side, picture: layout.picture }),
    drawSlate(input, layout),
  ].join('');
  return document(panel, layout, { defs: scene.defs, card });
}

function document(panel: Panel, layout: Layout, { defs, card }: { defs: string; card: string }): string {
  const size = `width="${panel.width}" height="${panel.height}" viewBox="0 0 ${num(layout.width)} ${num(layout.height)}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} preserveAspectRatio="none" font-family="DejaVu Sans" ` +
    `stroke-linecap="round" stroke-linejoin="round"><defs>${defs}</defs>${card}</svg>`
  );
}

function drawScene(picture: Picture): Drawn {
  const { camera } = picture;
  const { frame } = camera;
  const backdrop = drawBackdrop(picture);
  const roll = `rotate(${num(camera.roll)} ${num(frame.x + frame.width / 2)} ${num(frame.y + frame.height / 2)})`;
  const marks = tag(
    'g',
    { transform: roll },
    backdrop.marks + veil(picture) + tag('g', { id: 'figures' }, drawFigures(picture)),
  );
  return {
    defs: backdrop.defs + vignette(picture.palette),
    marks: marks + tag('rect', { ...frame, fill: 'url(#vignette)' }),
  };
}

function drawBackdrop(picture: Picture): Drawn {
  const { panel, camera, seed, lit, pictures } = picture;
  const random = new Random(seed, 'backdrop');
  const palette = grounded(picture.palette, pictures?.ground);
  if (pictures?.backdrop !== undefined)
    return { defs: '', marks: drawBackdropPicture(pictures.backdrop, { camera, palette, random }) };
  let ids = 0;
  const scenery: Scenery = {
    camera,
    palette,
    random,
    lit,
    pen: new Pen(random, { ink: palette.ink, weight: 2.6, wobble: 1 }),
    area: inset(camera.frame, -0.22 * Math.max(camera.frame.width, camera.frame.height)),
    words: `${panel.location ?? ''} ${panel.description}`.slice(0, 2000),
    clear: picture.figures.map((figure) => figureBox(figure)),
    id: () => `g${(ids += 1)}`,
  };
  if (panel.angle === 'birds-eye') return { defs: '', marks: drawOverhead(scenery, panel.setting !== 'EXT') };
  return panel.setting === 'EXT' ? drawExterior(scenery) : drawInterior(scenery, panel.setting === 'INT/EXT');
}

function grounded(palette: Palette, ground: string | undefined): Palette {
  return ground === undefined
    ? palette
    : { ...palette, floor: palette.tone(ground), ground: palette.tone(ground) };
}

/** Air between a close figure and what is behind it. */
function veil({ panel, camera, palette }: Picture): string {
  const strength = { ECU: 0.5, CU: 0.38, MCU: 0.26, MS: 0.16, MWS: 0.08, WS: 0, EWS: 0 }[panel.size];
  if (strength === 0 || panel.characters.length === 0) return '';
  const area = inset(camera.frame, -0.22 * Math.max(camera.frame.width, camera.frame.height));
  return tag('path', {
    d: polygonPath(corners(area), true),
    fill: palette.night ? palette.skyTop : palette.halo,
    'fill-opacity': strength,
  });
}

/** In front of everything else, whatever stands in the place. */
function drawFigures(picture: Picture): string {
  return picture.figures.map((figure) => drawOne(picture, figure)).join('');
}

function drawOne({ panel, palette, seed, lit }: Picture, figure: Placed): string {
  const random = new Random(seed, `figure:${figure.traits.name}`);
  const weight = Math.min(4.4, 1.5 + figure.scale * 0.012);
  const pen = new Pen(random, { ink: palette.ink, weight, wobble: Math.min(0.9, figure.scale * 0.006) });
  if (panel.angle === 'birds-eye') return drawTopFigure(figure, { pen, palette, lit });
  return drawFigure(figure, { pen, palette, angle: panel.angle, lit });
}

function vignette(palette: Palette): string {
  return (
    '<radialGradient id="vignette" cx="0.5" cy="0.47" r="0.78"><stop offset="0.55" stop-opacity="0" stop-color="#000"/>' +
    `<stop offset="1" stop-color="${palette.shade}" stop-opacity="${palette.night ? 0.55 : 0.32}"/></radialGradient>`
  );
}

/** The card with a hole for the picture: six times faster than to clip, which needs a layer of its own. */
function passePartout({ width, height, picture }: Layout): string {
  const card = corners({ x: -2, y: -2, width: width + 4, height: height + 4 });
  const d = polygonPath(card, true) + polygonPath(corners(picture), true);
  return tag('path', { d, fill: paper.sheet, 'fill-rule': 'evenodd' });
}

/** The frame, ruled twice by hand. */
function border(frame: Rect, seed: number): string {
  const pen = new Pen(new Random(seed, 'border'), { ink: paper.ink, weight: 4, wobble: 1.2 });
  return pen.polygon(corners(frame)) + pen.polygon(corners(inset(frame, -2)), { weight: 2 });
}
