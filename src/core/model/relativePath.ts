import * as z from 'zod/mini';

const forbidden = /(^|\/)\.\.?(\/|$)|^\/|^[A-Za-z]:|\\|\0|\/\/|\/$/;
// Windows reads `.git.`, `.git ` and `git~1` as `.git`, and what follows a colon as a stream of it.
const ours = /^(\.git|\.auteur|git~\d+|auteur~\d+)[ .]*([/:]|$)/i;

/** A path inside a project: forward slashes, relative, no `.` or `..` step, no drive, not within `.git` or `.auteur`. */
export const RelativePath = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(1024),
    z.refine((path) => !forbidden.test(path), 'must be a path inside the project, with forward slashes'),
    z.refine((path) => !ours.test(path), 'must not lead into .git or .auteur'),
  )
  .brand<'RelativePath'>();
export type RelativePath = z.infer<typeof RelativePath>;
