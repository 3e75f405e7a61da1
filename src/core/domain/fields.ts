import type * as z from 'zod';
import { AuteurError } from '../errors.ts';
import { type AssetCategory, Project, Scene, Setting, TimeOfDay } from '../model/project.ts';
import { Quality } from '../model/quality.ts';
import { CameraAngle, CameraMovement, Shot, ShotSize } from '../model/shotList.ts';
import { Title } from '../model/title.ts';

export type NodeKind = 'project' | 'chapter' | 'scene' | 'shot';

/** How a value is typed: by whoever fills in a form, or behind the equals sign of a command. */
export type FieldForm =
  | { readonly form: 'text' }
  /** Text that may have several lines. */
  | { readonly form: 'lines' }
  | { readonly form: 'number' }
  | { readonly form: 'choice'; readonly choices: readonly string[] }
  /** By name or id. */
  | { readonly form: 'asset'; readonly category: AssetCategory }
  | { readonly form: 'assets'; readonly category: AssetCategory }
  /** Width and height, `1920x1080`. */
  | { readonly form: 'size' }
  /** A number or a fraction. */
  | { readonly form: 'rate' };

export type Field = FieldForm & {
  /** Where it stands in its node. */
  readonly path: readonly [string, ...string[]];
  readonly schema: z.core.$ZodType;
  readonly required?: true;
};

const settings = Project.shape.settings.shape;
const text = { form: 'text' } as const;
const lines = { form: 'lines' } as const;
const choice = (choices: readonly string[]) => ({ form: 'choice', choices }) as const;
const asset = (category: AssetCategory) => ({ form: 'asset', category }) as const;

const place = {
  location: { ...asset('locations'), path: ['location'], schema: Shot.shape.location },
  setting: { ...choice(Setting.options), path: ['setting'], schema: Setting },
  timeOfDay: { ...choice(TimeOfDay.options), path: ['timeOfDay'], schema: TimeOfDay },
  style: { ...asset('styles'), path: ['style'], schema: Shot.shape.style },
} as const satisfies Record<string, Field>;

const title = { ...text, path: ['title'], schema: Title, required: true } as const;
const synopsis = { ...lines, path: ['synopsis'], schema: Scene.shape.synopsis } as const;

/** What can be set of each kind of node. */
export const fields: Readonly<Record<NodeKind, Readonly<Record<string, Field>>>> = {
  project: {
    name: { ...text, path: ['name'], schema: Title, required: true },
    quality: { ...choice(Quality.options), path: ['quality'], schema: Quality, required: true },
    fps: { form: 'rate', path: ['settings', 'fps'], schema: settings.fps, required: true },
    resolution: {
      form: 'size',
      path: ['settings', 'resolution'],
      schema: settings.resolution,
      required: true,
    },
    aspectRatio: { ...text, path: ['settings', 'aspectRatio'], schema: settings.aspectRatio, required: true },
    style: { ...asset('styles'), path: ['settings', 'style'], schema: settings.style },
  },
  chapter: { title, synopsis },
  scene: { title, synopsis, ...place },
  shot: {
    description: { ...lines, path: ['description'], schema: Shot.shape.description, required: true },
    size: { ...choice(ShotSize.options), path: ['size'], schema: ShotSize },
    angle: { ...choice(CameraAngle.options), path: ['angle'], schema: CameraAngle },
    movement: { ...choice(CameraMovement.options), path: ['movement'], schema: CameraMovement },
    lens: { form: 'number', path: ['lens'], schema: Shot.shape.lens },
    duration: { form: 'number', path: ['duration'], schema: Shot.shape.duration },
    characters: {
      form: 'assets',
      category: 'characters',
      path: ['characters'],
      schema: Shot.shape.characters,
    },
    ...place,
    dialogue: { ...lines, path: ['dialogue'], schema: Shot.shape.dialogue },
    note: { ...lines, path: ['note'], schema: Shot.shape.note },
  },
};

/** @throws AuteurError `field-unknown` */
export function fieldOf(kind: NodeKind, name: string): Field {
  const found = Object.hasOwn(fields[kind], name) ? fields[kind][name] : undefined;
  if (found !== undefined) return found;
  throw new AuteurError('field-unknown', { kind, name, known: Object.keys(fields[kind]).join(', ') });
}

/** What a typed text means for a field; empty takes the value away. */
export function fromText(field: Field, typed: string): z.core.util.JSONType {
  if (typed.trim() === '') return null;
  switch (field.form) {
    case 'text':
    case 'lines':
    case 'asset':
      return typed;
    case 'number':
      return Number(typed);
    case 'choice':
      return field.choices.find((one) => one.toLowerCase() === typed.trim().toLowerCase()) ?? typed;
    case 'assets':
      return typed
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
    case 'size': {
      const [width, height] = typed.split(/[x×*]/i);
      return [Number(width), Number(height)];
    }
    case 'rate':
      return typed.includes('/') ? typed.trim() : Number(typed);
  }
}
