import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ends once the test has made a file among the models, which a container sees whatever becomes of its engine. */
export const waitsForGo = 'until test -e /models/go; do sleep 0.05; done';

/** What lets them go on, where the models of this workspace are. */
export function goIn(workspace: string): () => void {
  const models = join(workspace, 'Library/AI_Models');
  mkdirSync(models, { recursive: true });
  return () => {
    writeFileSync(join(models, 'go'), '');
  };
}
