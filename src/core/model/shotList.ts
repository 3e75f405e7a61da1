import * as z from 'zod';
import { cameraAngles, cameraMovements, shotSizes } from './choices.ts';
import { AssetId, JobId, SceneId, ShotId } from './ids.ts';
import { Setting, TimeOfDay } from './project.ts';

export const shotListSchemaVersion = 1;

export const ShotSize = z.enum(shotSizes).meta({
  description: 'Extreme close-up, close-up, medium close-up, medium, medium wide, wide, extreme wide.',
});
export type ShotSize = z.infer<typeof ShotSize>;

export const CameraAngle = z.enum(cameraAngles);
export type CameraAngle = z.infer<typeof CameraAngle>;

export const CameraMovement = z.enum(cameraMovements);
export type CameraMovement = z.infer<typeof CameraMovement>;

export const TakeReview = z.looseObject({
  rating: z.int().min(0).max(5).optional(),
  status: z.enum(['approved', 'rejected']).optional(),
  note: z.string().optional(),
});
export type TakeReview = z.infer<typeof TakeReview>;

export const Shot = z.looseObject({
  id: ShotId,
  number: z.int().positive().max(99_999),
  // A folder that leads out of the project spoils this shot alone: it is checked where it is used.
  folder: z
    .string()
    .min(1)
    .max(1024)
    .meta({ description: "Where the shot's takes are, relative to the project. Fixed at creation." }),
  description: z.string().max(10_000),
  size: ShotSize.optional(),
  angle: CameraAngle.optional(),
  movement: CameraMovement.optional(),
  lens: z.number().min(1).max(2000).optional().meta({ description: 'Focal length in millimetres.' }),
  duration: z.number().positive().max(86_400).optional().meta({ description: 'Seconds.' }),
  characters: z.array(AssetId).optional(),
  wardrobe: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'What characters wear here: id of the variant by id of the character.' }),
  location: z.optional(AssetId).meta({ description: "Overrides the scene's location." }),
  setting: Setting.optional(),
  timeOfDay: TimeOfDay.optional(),
  style: z.optional(AssetId),
  dialogue: z.string().max(10_000).optional(),
  note: z.string().max(10_000).optional(),
  activeTake: z.optional(JobId).meta({ description: 'The take this shot shows and exports.' }),
  reviews: z.record(z.string(), TakeReview).optional().meta({ description: 'Reviews by take id.' }),
});
export type Shot = z.infer<typeof Shot>;

export const ShotList = z
  .looseObject({
    $schema: z.string().optional(),
    schemaVersion: z.int().positive(),
    sceneId: SceneId,
    nextNumber: z.int().positive().meta({ description: 'The number the next shot takes. Never reused.' }),
    shots: z.array(Shot),
  })
  .meta({
    title: 'Auteur shot list',
    description: 'The shots of one scene, in order, and what is decided about them.',
  });
export type ShotList = z.infer<typeof ShotList>;
