import * as z from 'zod';
import { AssetCategory } from '../model/project.ts';

/** What becomes of a file whose name is taken. */
export const ClashChoice = z.enum(['keep', 'replace', 'skip']);
export type ClashChoice = z.infer<typeof ClashChoice>;

export const ImportTarget = z.union([
  /** Into an asset, by id, name, or category and name. */
  z.strictObject({ asset: z.string().min(1).max(4200) }),
  /** One asset for each file; `within` names folders of the category. */
  z.strictObject({ category: AssetCategory, within: z.string().max(1000).optional() }),
]);
export type ImportTarget = z.infer<typeof ImportTarget>;

/** Files and folders to be copied into a film. */
export const ImportRequest = z.object({
  /** Chosen by whoever asks, to follow and to cancel it. */
  id: z.string().regex(/^[A-Za-z0-9-]{1,60}$/),
  /** Absolute paths. */
  sources: z.array(z.string().min(1)).min(1).max(10_000),
  target: ImportTarget,
  /** Without it, an import that finds names taken is refused before anything is copied. */
  clash: ClashChoice.optional(),
});
export type ImportRequest = z.infer<typeof ImportRequest>;
