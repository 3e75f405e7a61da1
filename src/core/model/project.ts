import * as z from 'zod';
import { assetCategories, settings, timesOfDay } from './choices.ts';
import { AssetId, BeatId, ChapterId, ProjectId, SceneId } from './ids.ts';
import { Quality } from './quality.ts';
import { SchemaReference, SchemaVersion } from './schemaFields.ts';
import { RelativePath } from './relativePath.ts';
import {
  fraction,
  framesASecond,
  isAspectRatio,
  isFrameRate,
  pixels,
  ratio,
  wanted,
} from './settingValues.ts';
import { Title } from './title.ts';

/** The newest layout of `project.json` this build can write. */
export const projectSchemaVersion = 1;

const SlateNumber = z.int().positive().max(99_999);

export const Setting = z.enum(settings).meta({
  description: 'Inside, outside, or both in one scene, as in a scene heading.',
});
export type Setting = z.infer<typeof Setting>;

export const TimeOfDay = z.enum(timesOfDay).meta({
  description: 'When it plays, as in a scene heading.',
});
export type TimeOfDay = z.infer<typeof TimeOfDay>;

export const Scene = z
  .looseObject({
    id: SceneId.check(z.describe('Never changes; shot lists and beats name the scene by it.')),
    number: SlateNumber.meta({ description: 'Unique in the whole film, as on a slate. Never reused.' }),
    title: Title.check(z.describe('One line of 1 to 200 characters.')),
    synopsis: z.string().optional().meta({ description: 'What happens in the scene.' }),
    shotList: RelativePath.check(z.describe("The scene's shot list, relative to the project.")),
    location: z.optional(AssetId).meta({ description: 'Id of a location asset.' }),
    setting: Setting.optional(),
    timeOfDay: TimeOfDay.optional(),
    style: z.optional(AssetId).meta({ description: 'Id of a style asset; a shot may override it.' }),
  })
  .meta({ description: 'One scene. Its shots are in its shot list.' });
export type Scene = z.infer<typeof Scene>;

export const Chapter = z
  .looseObject({
    id: ChapterId.check(z.describe('Never changes; beats name the chapter by it.')),
    number: SlateNumber.meta({ description: 'A code, not a position. Never reused.' }),
    title: Title.check(z.describe('One line of 1 to 200 characters.')),
    synopsis: z.string().optional().meta({ description: 'What happens in the chapter.' }),
    scenes: z.array(Scene).meta({ description: 'The scenes of the chapter, in film order.' }),
  })
  .meta({ description: 'One chapter of the film.' });
export type Chapter = z.infer<typeof Chapter>;

export const EmotionalBeat = z
  .looseObject({
    id: z.optional(BeatId).meta({ description: 'Never changes; given at its first edit.' }),
    name: z.string().min(1).meta({ description: 'What the beat is called, such as "Catalyst".' }),
    description: z.string().optional().meta({ description: 'What is felt, and why.' }),
    position: z.number().min(0).max(1).meta({ description: 'Where in the film, 0 (start) to 1 (end).' }),
    intensity: z.number().min(0).max(1).meta({ description: 'How strongly it is felt, 0..1.' }),
    chapter: z.optional(ChapterId).meta({ description: 'Id of the chapter it belongs to.' }),
    scene: z.optional(SceneId).meta({ description: 'Id of the scene it is bound to.' }),
  })
  .meta({ description: 'One beat of what the audience feels.' });
export type EmotionalBeat = z.infer<typeof EmotionalBeat>;

const AssetRef = z
  .looseObject({
    id: AssetId.check(z.describe('Never changes; scenes and shots name the asset by it.')),
    name: Title.check(z.describe('One line of 1 to 200 characters.')),
    folder: RelativePath.check(z.describe('Folder of the asset, relative to the project.')),
  })
  .meta({ description: 'One asset. Its text is in asset.json in its folder.' });

export const AssetCategory = z.enum(assetCategories);
export type AssetCategory = z.infer<typeof AssetCategory>;

const FrameRate = z
  .union(
    [
      z.number(wanted.fps).min(framesASecond.least, wanted.fps).max(framesASecond.most, wanted.fps),
      z.string().regex(fraction, wanted.fps).refine(isFrameRate, wanted.fps),
    ],
    { error: wanted.fps },
  )
  .meta({ description: 'Frames a second: a number or a fraction such as "24000/1001".' });

const Side = z
  .int(wanted.resolution)
  .min(pixels.least, wanted.resolution)
  .max(pixels.most, wanted.resolution);

const ProjectSettings = z
  .looseObject({
    fps: FrameRate,
    resolution: z
      .tuple([Side, Side], { error: wanted.resolution })
      .meta({ description: 'Width and height in pixels.' }),
    aspectRatio: z
      .string(wanted.aspectRatio)
      .regex(ratio, wanted.aspectRatio)
      .refine(isAspectRatio, wanted.aspectRatio)
      .meta({ description: 'Width to height of the picture, such as "16:9" or "2.39:1".' }),
    style: z.optional(AssetId).meta({ description: "The film's style; scenes and shots may override it." }),
  })
  .meta({ description: 'What holds for the whole film.' });

export const Project = z
  .looseObject({
    $schema: SchemaReference,
    schemaVersion: SchemaVersion,
    id: ProjectId.check(z.describe('Never changes, whatever the film or its folder is called.')),
    name: Title.check(z.describe('What the film is called; its folder may be spelled otherwise.')),
    created: z.iso.datetime().meta({ description: 'When the film was made, in UTC.' }),
    quality: Quality.meta({ description: 'The quality of takes for which no other is asked.' }),
    narrative: z
      .looseObject({
        structure: z
          .string()
          .min(1)
          .meta({ description: 'three-act, hero-journey, beat-sheet, story-circle, …' }),
        nextNumber: SlateNumber.meta({ description: 'The number the next chapter takes.' }),
        nextSceneNumber: SlateNumber.meta({ description: 'The number the next scene of the film takes.' }),
        chapters: z.array(Chapter).meta({ description: 'The chapters, in film order.' }),
        emotionalBeats: z
          .array(EmotionalBeat)
          .meta({ description: 'What the audience feels; the beat sheet is made from it.' }),
      })
      .meta({ description: 'The story: its structure, chapters, scenes and emotional beats.' }),
    assets: z
      .looseObject({
        characters: z.array(AssetRef).meta({ description: 'Who is in the film.' }),
        locations: z.array(AssetRef).meta({ description: 'Where it plays.' }),
        styles: z.array(AssetRef).meta({ description: 'How it looks.' }),
        music: z.array(AssetRef).meta({ description: 'What is heard.' }),
      })
      .meta({ description: 'Characters, locations, styles and music; scenes and shots name them by id.' }),
    canvas: z
      .looseObject({
        nodes: z.array(z.unknown()).meta({ description: 'What lies on the canvas.' }),
        edges: z.array(z.unknown()).meta({ description: 'What is connected with what.' }),
        viewport: z
          .looseObject({
            x: z.number().meta({ description: 'From the left, in pixels of the canvas.' }),
            y: z.number().meta({ description: 'From the top, in pixels of the canvas.' }),
            zoom: z.number().positive().meta({ description: '1 is life size.' }),
          })
          .meta({ description: 'The part of the canvas that was shown last.' }),
      })
      .meta({ description: 'The canvas of the film.' }),
    settings: ProjectSettings,
  })
  .meta({ title: 'Auteur project', description: 'One film of Auteur Movie Director.' });
export type Project = z.infer<typeof Project>;
