import * as z from 'zod/mini';
import { leadsInside, leadsIntoOurs, maxPathLength } from './pathRules.ts';

/** A path inside a project: forward slashes, relative, no `.` or `..` step, no drive, not within `.git` or `.auteur`. */
export const RelativePath = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(maxPathLength),
    z.refine(leadsInside, 'must be a path inside the project, with forward slashes'),
    z.refine((path) => !leadsIntoOurs(path), 'must not lead into .git or .auteur'),
  )
  .brand<'RelativePath'>();
export type RelativePath = z.infer<typeof RelativePath>;
