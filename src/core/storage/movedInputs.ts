import type { Panel } from '../model/panel.ts';
import type { RelativePath } from '../model/relativePath.ts';
import type { Take } from '../model/take.ts';
import type { InputState } from '../protocol/recipe.ts';
import type { FileHashes } from './fileHashes.ts';

/** Where pictures of a take are by now: the path of each that was moved, and what it was when the take was made. */
export async function movedInputs(
  { root, hashes }: { readonly root: string; readonly hashes: FileHashes },
  { take, panel, inputs }: { take: Take; panel: Panel; inputs: readonly InputState[] },
): Promise<ReadonlyMap<string, RelativePath>> {
  const known = new Set<string>(take.inputs.map(({ path }) => path));
  const gone = new Set(inputs.filter(({ state }) => state === 'missing').map(({ path }) => path));
  const missing = take.inputs.filter(({ path }) => gone.has(path));
  const moved = new Map<string, RelativePath>();
  if (missing.length === 0) return moved;
  for (const path of picturesOf(panel).filter((one) => !known.has(one))) {
    for (const { path: former, sha256 } of missing) {
      if ((await hashes.stateOf(root, { path, sha256 })).state === 'same') moved.set(path, former);
    }
  }
  return moved;
}

function picturesOf({ backdrop, characters }: Panel): readonly RelativePath[] {
  return [backdrop, ...characters.map(({ reference }) => reference)].filter((path) => path !== undefined);
}

/** The panel as it would be with its pictures where they were. */
export function withFormerPaths(panel: Panel, moved: ReadonlyMap<string, RelativePath>): Panel {
  const { backdrop, characters } = panel;
  const former = (path: RelativePath): RelativePath => moved.get(path) ?? path;
  return {
    ...panel,
    ...(backdrop === undefined ? {} : { backdrop: former(backdrop) }),
    characters: characters.map((one) =>
      one.reference === undefined ? one : { ...one, reference: former(one.reference) },
    ),
  };
}
