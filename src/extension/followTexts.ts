import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { filmFileKind } from '../core/domain/filmFiles.ts';
import type { Disposable } from '../core/events.ts';
import { fileHint } from '../core/ports/watcher.ts';
import type { ProjectsView } from '../providers/trees/registerProjectTree.ts';
import type { Services } from './services.ts';

/** Milliseconds after the last key until the film is read again. */
const restMs = 150;

type Needs = Pick<Services, 'texts' | 'projects' | 'log'> & { readonly tree: Pick<ProjectsView, 'tell'> };

/** Tells of what was typed in the texts of the films shown, as if it were on disk. */
export function followTexts({ texts, projects, tree, log }: Needs): Disposable {
  const typed = new Set<string>();
  let rest: NodeJS.Timeout | undefined;
  const tell = async (file: string): Promise<void> => {
    // Films are known by their real path, whatever link the file was opened through.
    const real = path.join(await realpath(path.dirname(file)), path.basename(file));
    for (const { root } of projects.current)
      for (const name of new Set([file, real])) tellOf(root, name, tree);
  };
  const tellAll = (): void => {
    for (const file of typed) tell(file).catch((error: unknown) => log.debug(`${file}: ${String(error)}`));
    typed.clear();
  };
  const following = texts.onChanged(({ uri }) => {
    typed.add(uri.fsPath);
    clearTimeout(rest);
    rest = setTimeout(tellAll, restMs);
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
