import path from 'node:path';
import { filmFileKind } from '../core/domain/filmFiles.ts';
import type { Disposable } from '../core/events.ts';
import { fileHint } from '../core/ports/watcher.ts';
import type { ProjectsView } from '../providers/trees/registerProjectTree.ts';
import { namesOf } from './openTexts.ts';
import type { Services } from './services.ts';

/** Milliseconds after the last key until the film is read again. */
const restMs = 150;

type Needs = Pick<Services, 'texts' | 'projects'> & { readonly tree: Pick<ProjectsView, 'tell'> };

/** Tells of what was typed in the texts of the films shown, as if it were on disk. */
export function followTexts({ texts, projects, tree }: Needs): Disposable {
  const typed = new Set<string>();
  let rest: NodeJS.Timeout | undefined;
  const tell = (): void => {
    for (const file of typed) for (const { root } of projects.current) tellOf(root, file, tree);
    typed.clear();
  };
  const following = texts.onChanged((document) => {
    for (const name of namesOf(document)) typed.add(name);
    clearTimeout(rest);
    rest = setTimeout(tell, restMs);
  });
  return {
    dispose: () => {
      clearTimeout(rest);
      following.dispose();
    },
  };
}

function tellOf(root: string, file: string, tree: Needs['tree']): void {
  const inside = path.relative(root, file).replaceAll(path.sep, '/');
  const kind = filmFileKind(inside);
  if (kind !== undefined) tree.tell(fileHint(root, inside, kind));
}
