import * as z from 'zod';

/** The creative documents that are filled from the film. */
export const DocumentKind = z.enum(['treatment', 'screenplay', 'beat-sheet', 'shot-list']);
export type DocumentKind = z.infer<typeof DocumentKind>;
