import * as z from 'zod';
import { cameraAngles, cameraMovements, shotSizes } from './choices.ts';
import { AssetId, JobId, SceneId, ShotId } from './ids.ts';
import { Setting, TimeOfDay } from './project.ts';
import { SchemaReference, SchemaVersion } from './schemaFields.ts';
import { lensRange, longestDuration, wanted } from './settingValues.ts';

export const shotListSchemaVersion = 1;

export const ShotSize = z.enum(shotSizes).meta({
  description: 'Extreme close-up, close-up, medium close-up, medium, medium wide, wide, extreme wide.',
});
export type ShotSize = z.infer<typeof ShotSize>;

export const CameraAngle = z.enum(cameraAngles).meta({
  description: 'From where the camera looks: from below, level, from above, straight down, tilted.',
});
export type CameraAngle = z.infer<typeof CameraAngle>;

export const CameraMovement = z
  .enum(cameraMovements)
  .meta({ description: 'How the camera moves while the shot runs.' });
export type CameraMovement = z.infer<typeof CameraMovement>;

export const TakeReview = z
  .looseObject({
    rating: z.int().min(0).max(5).optional().meta({ description: 'Stars, 0 to 5.' }),
    status: z
      .enum(['approved', 'rejected'])
      .optional()
      .meta({ description: 'Whether the take may be used. A rejected one is never shown as latest.' }),
    note: z.string().optional().meta({ description: 'What was said of the take.' }),
  })
  .meta({ description: 'What was decided about one take.' });
export type TakeReview = z.infer<typeof TakeReview>;

const LongText = z.string(wanted.longText).max(10_000, wanted.longText);

export const Shot = z
  .looseObject({
    id: ShotId.check(z.describe('Never changes; takes and jobs name the shot by it.')),
    number: z.int().positive().max(99_999).meta({ description: 'A code, not a position. Never reused.' }),
    // A folder that leads out of the project spoils this shot alone: it is checked where it is used.
    folder: z
      .string()
      .min(1)
      .max(1024)
      .meta({ description: "Where the shot's takes are, relative to the project. Fixed at creation." }),
    description: LongText.meta({ description: 'What is seen, in words.' }),
    size: ShotSize.optional(),
    angle: CameraAngle.optional(),
    movement: CameraMovement.optional(),
    lens: z
      .number(wanted.lens)
      .min(lensRange.least, wanted.lens)
      .max(lensRange.most, wanted.lens)
      .optional()
      .meta({ description: 'Focal length in millimetres.' }),
    duration: z
      .number(wanted.duration)
      .positive(wanted.duration)
      .max(longestDuration, wanted.duration)
      .optional()
      .meta({ description: 'Seconds.' }),
    characters: z.array(AssetId).optional().meta({ description: 'Ids of the characters who are seen.' }),
    wardrobe: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: 'What characters wear here: id of the variant by id of the character.' }),
    location: z.optional(AssetId).meta({ description: "Overrides the scene's location." }),
    setting: Setting.optional().meta({ description: "Overrides the scene's setting." }),
    timeOfDay: TimeOfDay.optional().meta({ description: "Overrides the scene's time of day." }),
    style: z.optional(AssetId).meta({ description: 'Id of a style; overrides that of scene and film.' }),
    dialogue: LongText.optional().meta({ description: 'What is said.' }),
    note: LongText.optional().meta({ description: 'For the crew; no pipeline reads it.' }),
    activeTake: z.optional(JobId).meta({ description: 'The take this shot shows and exports.' }),
    reviews: z.record(z.string(), TakeReview).optional().meta({ description: 'Reviews by take id.' }),
  })
  .meta({ description: 'One shot.' });
export type Shot = z.infer<typeof Shot>;

export const ShotList = z
  .looseObject({
    $schema: SchemaReference,
    schemaVersion: SchemaVersion,
    sceneId: SceneId.check(z.describe('Id of the scene in project.json.')),
    nextNumber: z.int().positive().meta({ description: 'The number the next shot takes. Never reused.' }),
    shots: z.array(Shot).meta({ description: 'The shots, in film order.' }),
  })
  .meta({
    title: 'Auteur shot list',
    description: 'The shots of one scene, in order, and what is decided about them.',
  });
export type ShotList = z.infer<typeof ShotList>;
