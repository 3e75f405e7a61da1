import { leadsInside, leadsIntoOurs, maxPathLength } from './pathRules.ts';
import type { RelativePath } from './relativePath.ts';

/** As the schema of the same name, without loading what schemas are made with. */
export function isRelativePath(path: string): path is RelativePath {
  return path !== '' && path.length <= maxPathLength && leadsInside(path) && !leadsIntoOurs(path);
}
