import * as z from 'zod';

const forbidden = /(^|\/)\.\.?(\/|$)|^\/|^[A-Za-z]:|\\|\0|\/\/|\/$/;

/** A path inside a project: forward slashes, relative, no `.` or `..` step, no drive. */
export const RelativePath = z
  .string()
  .min(1)
  .max(1024)
  .refine((path) => !forbidden.test(path), 'must be a path inside the project, with forward slashes')
  .brand<'RelativePath'>();
export type RelativePath = z.infer<typeof RelativePath>;
