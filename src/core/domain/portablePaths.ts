import { folderKey, isPortableName } from './names.ts';

/** What keeps a path from being a file on every system. */
export type PathTrouble =
  | { readonly kind: 'outside'; readonly path: string }
  | { readonly kind: 'name'; readonly path: string }
  | { readonly kind: 'long'; readonly path: string }
  /** Some system takes both for one. */
  | { readonly kind: 'clash'; readonly path: string; readonly other: string };

/** Relative to a project, whose own folder and workspace have to fit into what a system allows as well. */
const maxLength = 1024;
const step = /^\.{1,2}$/;
// Windows reads `.git.` and `git~1` as `.git`.
const repository = /^(\.git|git~\d+)[ .]*$/i;

/** The first path that is none on some system: Windows, macOS and Linux differ in names, case and Unicode forms. */
export function pathTrouble(paths: Iterable<string>): PathTrouble | undefined {
  const known = new Map<string, Known>();
  for (const path of paths) {
    const trouble = troubleOf(path) ?? clashOf(path, known);
    if (trouble !== undefined) return trouble;
  }
  return undefined;
}

interface Known {
  readonly path: string;
  readonly isFile: boolean;
}

function troubleOf(path: string): PathTrouble | undefined {
  if (path.length > maxLength) return { kind: 'long', path };
  const parts = path.split('/');
  if (path.includes('\\') || parts.some((part) => part === '' || step.test(part) || repository.test(part)))
    return { kind: 'outside', path };
  return parts.every(isPortableName) ? undefined : { kind: 'name', path };
}

/** Each folder on the way counts, too: `Art/a.png` and `art/b.png` would fall into one. */
function clashOf(path: string, known: Map<string, Known>): PathTrouble | undefined {
  const parts = path.split('/');
  for (let count = 1; count <= parts.length; count++) {
    const here = { path: parts.slice(0, count).join('/'), isFile: count === parts.length };
    const key = folderKey(here.path);
    const other = known.get(key);
    if (other !== undefined && (other.path !== here.path || other.isFile || here.isFile))
      return { kind: 'clash', path: here.path, other: other.path };
    known.set(key, here);
  }
  return undefined;
}
