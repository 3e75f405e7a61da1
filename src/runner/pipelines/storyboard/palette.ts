import type { Panel } from '../../../core/model/panel.ts';
import type { TimeOfDay } from '../../../core/model/project.ts';
import { brightness, contrast, mix, multiply, saturate } from './colour.ts';

/** The tones of one picture. Paper and page ink are those of the card around it. */
export interface Palette {
  readonly ink: string;
  readonly skyTop: string;
  readonly skyLow: string;
  readonly lamp: string;
  readonly far: string;
  readonly mid: string;
  readonly ground: string;
  readonly foliage: string;
  readonly wall: string;
  readonly floor: string;
  readonly wood: string;
  readonly light: string;
  readonly shade: string;
  readonly skin: string;
  readonly halo: string;
  readonly night: boolean;
  /** How a local colour looks in this light and style. */
  tone(colour: string): string;
  /** How clothes look: the light tints them less, because by their colour characters are known. */
  cloth(colour: string): string;
}

export const paper = {
  sheet: '#f6f1e6',
  ink: '#26241f',
  faint: '#8d867a',
  rule: '#d8d0bf',
  accent: '#b3402b',
} as const;

type Base = Omit<Palette, 'tone' | 'cloth' | 'night' | 'halo'> & {
  readonly tint: string;
  readonly depth: number;
};

const bases: Readonly<Record<TimeOfDay, Base>> = {
  dawn: {
    ink: '#2b2836',
    skyTop: '#8b9cbe',
    skyLow: '#f4cdb0',
    lamp: '#fff0cf',
    far: '#b0a6b8',
    mid: '#8b8398',
    ground: '#98897f',
    foliage: '#74806f',
    wall: '#c6b6ae',
    floor: '#9c8371',
    wood: '#8a6d58',
    light: '#ffe0bd',
    shade: '#3a3350',
    skin: '#f0d9c4',
    tint: '#f1dcd8',
    depth: 0.55,
  },
  morning: {
    ink: '#2a2a2b',
    skyTop: '#9cc3de',
    skyLow: '#f6efdc',
    lamp: '#fff6d8',
    far: '#b3bfc4',
    mid: '#8fa19a',
    ground: '#b3a98c',
    foliage: '#849a6e',
    wall: '#dccfb8',
    floor: '#b3946f',
    wood: '#96734f',
    light: '#fff3cc',
    shade: '#3f4154',
    skin: '#f6e0ca',
    tint: '#fff6e4',
    depth: 0.25,
  },
  day: {
    ink: '#29292b',
    skyTop: '#8dbbdc',
    skyLow: '#e6f1f4',
    lamp: '#fffbe8',
    far: '#adbfc8',
    mid: '#8ba29b',
    ground: '#b5ac94',
    foliage: '#7d9a6b',
    wall: '#dad6c9',
    floor: '#b09a7e',
    wood: '#8f7355',
    light: '#fffbe6',
    shade: '#3c4256',
    skin: '#f6e1ce',
    tint: '#ffffff',
    depth: 0,
  },
  afternoon: {
    ink: '#2c2823',
    skyTop: '#9db9c9',
    skyLow: '#f8e0b2',
    lamp: '#fff1c4',
    far: '#bcb3a4',
    mid: '#9b967c',
    ground: '#bda179',
    foliage: '#8c8f58',
    wall: '#dfcaa2',
    floor: '#b48b5c',
    wood: '#936842',
    light: '#ffe5a3',
    shade: '#4a3b45',
    skin: '#f5dbba',
    tint: '#ffefcf',
    depth: 0.3,
  },
  dusk: {
    ink: '#241f2e',
    skyTop: '#57557f',
    skyLow: '#f0a273',
    lamp: '#ffd99a',
    far: '#7d6b86',
    mid: '#5d5270',
    ground: '#77636a',
    foliage: '#585a58',
    wall: '#a78a86',
    floor: '#7f6459',
    wood: '#6d5046',
    light: '#ffb980',
    shade: '#2a2140',
    skin: '#e8bd9f',
    tint: '#e9b9a4',
    depth: 0.75,
  },
  night: {
    ink: '#12141f',
    skyTop: '#172138',
    skyLow: '#44557a',
    lamp: '#f3f0dc',
    far: '#34425f',
    mid: '#27334c',
    ground: '#3a455a',
    foliage: '#2c3c44',
    wall: '#5a6480',
    floor: '#454c62',
    wood: '#473f4b',
    light: '#ffdf9e',
    shade: '#0c1020',
    skin: '#ccc3c8',
    tint: '#8b9cc8',
    depth: 0.9,
  },
};

type Change = (colour: string) => string;

const styles: readonly (readonly [pattern: RegExp, change: Change])[] = [
  [/noir|black.?and.?white|b\s?&\s?w|monochrom/i, (c) => contrast(saturate(c, 0.06), 1.32)],
  [
    /neon|cyberpunk|synthwave|vaporwave/i,
    (c) => contrast(mix(c, brightness(c) > 118 ? '#ff5fc4' : '#2447c9', 0.26), 1.12),
  ],
  [/sepia|vintage|western|period|nostalg/i, (c) => multiply(saturate(c, 0.35), '#f7dcae')],
  [/pastel|soft|dream|fairy/i, (c) => mix(saturate(c, 0.85), '#fff4f0', 0.3)],
  [/horror|gothic|dark|grim|thriller/i, (c) => multiply(contrast(saturate(c, 0.45), 1.12), '#d3dacd')],
  [/cold|winter|icy|snow|bleak|scandinav/i, (c) => mix(saturate(c, 0.6), '#b9cfe6', 0.22)],
  [/warm|golden|sunny|summer/i, (c) => multiply(mix(c, '#ffd27a', 0.12), '#fff2d8')],
  [/vivid|pop|comic|bold|technicolor|saturated|anime/i, (c) => saturate(c, 1.55)],
  [/desaturat|muted|documentary|gritty|realis/i, (c) => saturate(c, 0.55)],
];

export function choosePalette(panel: Panel): Palette {
  const { tint, depth, ...base } = bases[panel.timeOfDay];
  const words = [panel.style ?? '', ...panel.styleKeywords].join(' ').slice(0, 2000);
  const restyle = styles
    .filter(([pattern]) => pattern.test(words))
    .slice(0, 2)
    .map(([, change]) => change);
  const style: Change = (colour) => restyle.reduce((current, change) => change(current), colour);
  const lit =
    (amount: number): Change =>
    (colour) =>
      style(multiply(colour, tint, amount * (0.35 + depth * 0.65)));
  return {
    ...restyled(base, style),
    ink: style(base.ink),
    halo: panel.timeOfDay === 'night' ? style('#8fa0c4') : style('#fffaf0'),
    night: panel.timeOfDay === 'night',
    tone: lit(1),
    cloth: lit(0.45),
  };
}

function restyled<T extends Readonly<Record<string, string>>>(tones: T, style: Change): T {
  const changed: Record<string, string> = {};
  for (const [name, colour] of Object.entries(tones)) changed[name] = style(colour);
  return { ...tones, ...changed };
}

/** Darkened towards the picture's shadow colour, as a turned-away face of a solid is. */
export function shaded(colour: string, palette: Palette, amount: number): string {
  return mix(colour, palette.shade, amount);
}
