import { DisposableStore, type Disposable, type Event } from '../core/events.ts';
import type { FileHint } from '../providers/projectWatcher.ts';
import { registerHandOver } from './gitExtension/handOver.ts';
import type { Services } from './services.ts';

type Needs = Pick<Services, 'projects' | 'log' | 'git'> & { readonly onHint: Event<FileHint> };

/** Hands the films to the editor's own Git, and follows what changes in them, there and on disk. */
export function followGit(needs: Needs): Disposable {
  const owned = new DisposableStore();
  const handOver = owned.add(registerHandOver(needs));
  owned.add(
    handOver.onChanged((root) => {
      needs.git.look(root);
    }),
  );
  owned.add(
    needs.onHint((hint) => {
      if (hint.kind !== 'projects') needs.git.look(hint.root);
    }),
  );
  return owned;
}
