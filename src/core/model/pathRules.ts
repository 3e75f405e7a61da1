const forbidden = /(^|\/)\.\.?(\/|$)|^\/|^[A-Za-z]:|\\|\0|\/\/|\/$/;
// Windows reads `.git.`, `.git ` and `git~1` as `.git`, and what follows a colon as a stream of it.
const ours = /^(\.git|\.auteur|git~\d+|auteur~\d+)[ .]*([/:]|$)/i;

/** In code units. */
export const maxPathLength = 1024;

/** Whether a path stays within the project that it is relative to, whatever system reads it. */
export function leadsInside(path: string): boolean {
  return !forbidden.test(path);
}

/** Whether a path inside a project leads to what belongs to Git or to Auteur. */
export function leadsIntoOurs(path: string): boolean {
  return ours.test(path);
}
