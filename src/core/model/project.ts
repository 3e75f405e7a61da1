import * as z from 'zod';
import { settings, timesOfDay } from './choices.ts';
import { AssetId, BeatId, ChapterId, ProjectId, SceneId } from './ids.ts';
import { Quality } from './quality.ts';
import { RelativePath } from './relativePath.ts';
import { Title } from './title.ts';

/** The newest layout of `project.json` this build can write. */
export const projectSchemaVersion = 1;

const SlateNumber = z.int().positive().max(99_999);

export const Setting = z.enum(settings);
export type Setting = z.infer<typeof Setting>;

export const TimeOfDay = z.enum(timesOfDay);
export type TimeOfDay = z.infer<typeof TimeOfDay>;

export const Scene = z.looseObject({
  id: SceneId,
  number: SlateNumber.meta({ description: 'Unique in the whole film, as on a slate. Never reused.' }),
  title: Title,
  synopsis: z.string().optional(),
  shotList: RelativePath.check(z.describe("The scene's shot list, relative to the project.")),
  location: z.optional(AssetId).meta({ description: 'Id of a location asset.' }),
  setting: Setting.optional(),
  timeOfDay: TimeOfDay.optional(),
  style: z.optional(AssetId).meta({ description: 'Id of a style asset; a shot may override it.' }),
});
export type Scene = z.infer<typeof Scene>;

export const Chapter = z.looseObject({
  id: ChapterId,
  number: SlateNumber,
  title: Title,
  synopsis: z.string().optional(),
  scenes: z.array(Scene),
});
export type Chapter = z.infer<typeof Chapter>;

export const EmotionalBeat = z.looseObject({
  id: z.optional(BeatId),
  name: z.string().min(1),
  description: z.string().optional(),
  position: z.number().min(0).max(1).meta({ description: 'Where in the film, 0 (start) to 1 (end).' }),
  intensity: z.number().min(0).max(1).meta({ description: 'How strongly it is felt, 0..1.' }),
  chapter: z.optional(ChapterId),
  scene: z.optional(SceneId),
});
export type EmotionalBeat = z.infer<typeof EmotionalBeat>;

const AssetRef = z.looseObject({
  id: AssetId,
  name: Title,
  folder: RelativePath.check(z.describe('Folder of the asset, relative to the project.')),
});

export const AssetCategory = z.enum(['characters', 'locations', 'styles', 'music']);
export type AssetCategory = z.infer<typeof AssetCategory>;

const FrameRate = z
  .union([z.number().positive().max(1000), z.string().regex(/^\d{1,6}\/\d{1,4}$/)])
  .meta({ description: 'Frames a second: a number or a fraction such as "24000/1001".' });

const ProjectSettings = z.looseObject({
  fps: FrameRate,
  resolution: z
    .tuple([z.int().min(16).max(16_384), z.int().min(16).max(16_384)])
    .meta({ description: 'Width and height in pixels.' }),
  aspectRatio: z.string().regex(/^\d+(\.\d+)?:\d+(\.\d+)?$/),
  style: z.optional(AssetId).meta({ description: "The film's style; scenes and shots may override it." }),
});

export const Project = z
  .looseObject({
    $schema: z.string().optional(),
    schemaVersion: z.int().positive(),
    id: ProjectId,
    name: Title,
    created: z.iso.datetime(),
    quality: Quality,
    narrative: z.looseObject({
      structure: z
        .string()
        .min(1)
        .meta({ description: 'three-act, hero-journey, beat-sheet, story-circle, …' }),
      nextNumber: SlateNumber.meta({ description: 'The number the next chapter takes.' }),
      nextSceneNumber: SlateNumber.meta({ description: 'The number the next scene of the film takes.' }),
      chapters: z.array(Chapter),
      emotionalBeats: z.array(EmotionalBeat),
    }),
    assets: z.looseObject({
      characters: z.array(AssetRef),
      locations: z.array(AssetRef),
      styles: z.array(AssetRef),
      music: z.array(AssetRef),
    }),
    canvas: z.looseObject({
      nodes: z.array(z.unknown()),
      edges: z.array(z.unknown()),
      viewport: z.looseObject({ x: z.number(), y: z.number(), zoom: z.number().positive() }),
    }),
    settings: ProjectSettings,
  })
  .meta({ title: 'Auteur project', description: 'One film of Auteur Movie Director.' });
export type Project = z.infer<typeof Project>;
