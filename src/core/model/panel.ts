import * as z from 'zod';
import { Setting, TimeOfDay } from './project.ts';
import { RelativePath } from './relativePath.ts';
import { CameraAngle, CameraMovement, ShotSize } from './shotList.ts';

/** What of a panel somebody decides, or nobody. */
export const decidable = ['size', 'angle', 'movement', 'setting', 'timeOfDay'] as const;
export type Decidable = (typeof decidable)[number];

/** A shot with every reference resolved to words, ready to be drawn or prompted. */
export const Panel = z.object({
  project: z.string(),
  address: z.string(),
  description: z.string(),
  dialogue: z.string().optional(),
  size: ShotSize,
  angle: CameraAngle,
  movement: CameraMovement,
  lens: z.number().optional(),
  duration: z.number().optional(),
  fps: z.union([z.number(), z.string()]),
  setting: Setting,
  timeOfDay: TimeOfDay,
  location: z.string().optional(),
  style: z.string().optional(),
  styleKeywords: z.array(z.string()),
  /** The location's reference picture, in the project. */
  backdrop: z.optional(RelativePath),
  characters: z.array(
    z.object({ name: z.string(), description: z.string().optional(), reference: z.optional(RelativePath) }),
  ),
  width: z.int().positive(),
  height: z.int().positive(),
  undecided: z.array(z.enum(decidable)).optional().meta({
    description:
      'What nobody decided: a picture has some value of it, no prompt and no slate says it. Absent where this was not recorded yet.',
  }),
});
export type Panel = z.infer<typeof Panel>;
