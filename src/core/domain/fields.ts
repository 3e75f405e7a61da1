import type * as z from 'zod';
import { Project, Scene, Setting, TimeOfDay } from '../model/project.ts';
import { Quality } from '../model/quality.ts';
import { CameraAngle, CameraMovement, Shot, ShotSize } from '../model/shotList.ts';
import { Title } from '../model/title.ts';
import { formOf, type fieldForms, type FieldForm, type NodeKind } from './fieldForms.ts';

/** Where a value stands in its node, and what it may be. */
interface Stored {
  readonly path: readonly [string, ...string[]];
  readonly schema: z.core.$ZodType;
}

export type Field = FieldForm & Stored;

type StoredFields = {
  readonly [K in NodeKind]: { readonly [F in keyof (typeof fieldForms)[K]]: Stored };
};

const settings = Project.shape.settings.shape;
const at = (name: string, schema: z.core.$ZodType): Stored => ({ path: [name], schema });
const place = {
  location: at('location', Shot.shape.location),
  setting: at('setting', Setting),
  timeOfDay: at('timeOfDay', TimeOfDay),
  style: at('style', Shot.shape.style),
} as const;
const title = at('title', Title);
const synopsis = at('synopsis', Scene.shape.synopsis);

const stored: StoredFields = {
  project: {
    name: at('name', Title),
    quality: at('quality', Quality),
    fps: { path: ['settings', 'fps'], schema: settings.fps },
    resolution: { path: ['settings', 'resolution'], schema: settings.resolution },
    aspectRatio: { path: ['settings', 'aspectRatio'], schema: settings.aspectRatio },
    style: { path: ['settings', 'style'], schema: settings.style },
  },
  chapter: { title, synopsis },
  scene: { title, synopsis, ...place },
  shot: {
    description: at('description', Shot.shape.description),
    size: at('size', ShotSize),
    angle: at('angle', CameraAngle),
    movement: at('movement', CameraMovement),
    lens: at('lens', Shot.shape.lens),
    duration: at('duration', Shot.shape.duration),
    characters: at('characters', Shot.shape.characters),
    ...place,
    dialogue: at('dialogue', Shot.shape.dialogue),
    note: at('note', Shot.shape.note),
  },
};

/** @throws AuteurError `field-unknown` */
export function fieldOf(kind: NodeKind, name: string): Field {
  const form = formOf(kind, name);
  const named: Readonly<Record<string, Stored>> = stored[kind];
  const place = named[name] ?? at(name, Title);
  return { ...form, ...place };
}
