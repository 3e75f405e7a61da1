import path from 'node:path';
import { filmFileKind } from '../core/domain/filmFiles.ts';
import { DisposableStore, type Disposable } from '../core/events.ts';
import { fileHint } from '../core/ports/watcher.ts';
import { Batch } from '../providers/batch.ts';
import type { ProjectsView } from '../providers/trees/registerProjectTree.ts';
import type { Services } from './services.ts';

/** Between two keys the film is not read again. */
const typingMs = 100;

type Needs = Pick<Services, 'texts' | 'projects'> & { readonly tree: Pick<ProjectsView, 'tell'> };

/** Tells of what is typed in the texts of the films shown, as if it were on disk. */
export function followTexts({ texts, projects, tree }: Needs): Disposable {
  const owned = new DisposableStore();
  const typed = owned.add(
    new Batch<string>(typingMs, (files) => {
      for (const file of files) for (const { root } of projects.current) tellOf(root, file, tree);
    }),
  );
  owned.add(
    texts.onChanged(({ uri }) => {
      typed.add(uri.fsPath);
    }),
  );
  return owned;
}

function tellOf(root: string, file: string, tree: Needs['tree']): void {
  const inside = path.relative(root, file).replaceAll(path.sep, '/');
  const kind = filmFileKind(inside);
  if (kind !== undefined) tree.tell(fileHint(root, inside, kind));
}
