import type { Panel } from '../../../core/model/panel.ts';
import type { CameraAngle, ShotSize } from '../../../core/model/shotList.ts';
import type { Camera } from './camera.ts';
import { mix } from './colour.ts';
import { choosePalette, type Palette } from './palette.ts';
import { tag } from './pen.ts';
import type { Random } from './random.ts';
import type { SketchTones } from './sketch.ts';

/** A location's reference picture as a drawing. */
export interface Backdrop {
  /** A data URL. */
  readonly href: string;
  /** Width by height. */
  readonly aspect: number;
}

/** The closer the framing, the less of what is behind is sharp: fewer pixels, drawn larger. */
const widths: Readonly<Record<ShotSize, number>> = {
  ECU: 150,
  CU: 260,
  MCU: 420,
  MS: 640,
  MWS: 860,
  WS: 1100,
  EWS: 1300,
};

export function backdropWidth({ size, width }: Panel): number {
  return Math.max(16, Math.round(Math.min(widths[size], width)));
}

/** The light and the style of the panel, for a picture that was taken in another. */
export function tonesOf(panel: Panel): SketchTones {
  const palette = choosePalette(panel);
  const middle = panel.setting === 'EXT' ? palette.mid : mix(palette.wall, palette.wood, 0.35);
  return {
    dark: mix(palette.ink, palette.shade, 0.5),
    middle,
    light: palette.night ? mix(palette.far, palette.halo, 0.6) : mix(palette.skyLow, palette.halo, 0.5),
    ink: palette.ink,
  };
}

/** Which part of what does not fit is cut off at the top. */
const above: Readonly<Record<CameraAngle, number>> = {
  low: 0.05,
  eye: 0.5,
  high: 0.95,
  'birds-eye': 0.5,
  dutch: 0.5,
};

/** Fills the frame with the picture, as much of it as the lens sees, turned or not. */
export function drawBackdropPicture(
  { href, aspect }: Backdrop,
  { camera, palette, random }: { camera: Camera; palette: Palette; random: Random },
): string {
  const { frame, roll, lens } = camera;
  const turn = Math.abs(Math.sin((roll * Math.PI) / 180));
  const spare = 4 + (turn * Math.max(frame.width, frame.height)) / 2;
  const [wide, high] = [frame.width + 2 * spare, frame.height + 2 * spare];
  const width = Math.max(wide, high * aspect) * cropOf(lens);
  const height = width / aspect;
  const x = frame.x - spare - (width - wide) * (0.5 + random.about(0.4));
  const y = frame.y - spare - (height - high) * above[camera.angle];
  return (
    tag('image', { x, y, width, height, preserveAspectRatio: 'none', href }) +
    tag('rect', { x, y, width, height, fill: palette.halo, 'fill-opacity': palette.night ? 0.04 : 0.14 })
  );
}

/** How much larger than the whole frame a lens draws what is far: 1 for a wide one. */
function cropOf(lens: number): number {
  return Math.min(3, Math.max(1, (lens / 24) ** 0.45));
}
