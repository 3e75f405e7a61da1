import { basename, join } from 'node:path';
import { AuteurError, unexpected } from '../../errors.ts';
import type { AssetCategory } from '../../model/project.ts';
import type { SkippedFile } from '../../protocol/assetViews.ts';
import type { ImportRequest, ImportTarget } from '../../protocol/importRequest.ts';
import { FilmDraft } from '../edits/filmDraft.ts';
import { findAnyAsset } from '../edits/findAnyAsset.ts';
import { readProject, requireWritable } from '../projectFiles.ts';
import { resolveInside } from '../projectPath.ts';
import { sha256Of } from '../sha256.ts';
import { assetFiles, type AssetFile } from './assetFiles.ts';
import { copySource } from './copySource.ts';
import { KnownContents } from './duplicates.ts';
import { gatherSources, type Source } from './gatherSources.ts';
import { AssetPlacing } from './placeInAsset.ts';
import { CategoryPlacing } from './placeInCategory.ts';
import type { Placing } from './placing.ts';
import { leaveStaging, makeStaging, sweepAside } from './staging.ts';

export interface ImportProgress {
  readonly done: number;
  readonly total: number;
  readonly bytes: number;
  readonly totalBytes: number;
  /** The file that is copied. */
  readonly name: string;
}

export interface ImportHooks {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** A copy that waits to be taken into the film. */
export interface StagedFile {
  readonly from: string;
  readonly steps: readonly string[];
  readonly kept: string;
}

export interface StagedImport extends AsyncDisposable {
  readonly files: readonly StagedFile[];
  readonly skipped: readonly SkippedFile[];
}

const mostAssets = 500;
const mostNamed = 5;

/**
 * Copies what is to be imported next to the film, without the project's lock: it may take long.
 * @throws AuteurError `import-…`, `disk-full`, and what finding the target throws; then nothing is left behind
 */
export async function stageImport(
  root: string,
  request: ImportRequest,
  hooks: ImportHooks,
): Promise<StagedImport> {
  try {
    return await stage(root, request, hooks);
  } catch (error) {
    if (hooks.signal.aborted) throw new AuteurError('import-cancelled', {}, { cause: error });
    throw unexpected(error);
  }
}

async function stage(root: string, request: ImportRequest, hooks: ImportHooks): Promise<StagedImport> {
  requireWritable(await readProject(root));
  await sweepAside(root);
  const draft = await FilmDraft.open(root);
  const { signal } = hooks;
  const { sources, skipped } = await gatherSources(
    request.sources,
    categoryOf(draft, request.target),
    signal,
  );
  const known = await KnownContents.of(await filesInReach(draft, request.target));
  const fresh: Source[] = [];
  const notes = [...skipped];
  for (const source of sources) {
    signal.throwIfAborted();
    // A large file is hashed twice rather than copied for nothing.
    const same = known.hasSize(source.bytes)
      ? await known.find(source.bytes, await sha256Of(source.path))
      : undefined;
    if (same === undefined) fresh.push(source);
    else notes.push(duplicate(source.path, same));
  }
  await requireChoice(draft, request, fresh);
  return copyAll(root, { fresh, notes }, hooks);
}

/** @throws AuteurError what `findAnyAsset` throws */
function categoryOf(draft: FilmDraft, target: ImportTarget): AssetCategory {
  return 'asset' in target ? findAnyAsset(draft.project, target.asset).category : target.category;
}

/** Where the same content would be a duplicate. */
async function filesInReach(draft: FilmDraft, target: ImportTarget): Promise<readonly AssetFile[]> {
  const refs =
    'asset' in target
      ? [findAnyAsset(draft.project, target.asset).ref]
      : draft.project.assets[target.category];
  const all: AssetFile[] = [];
  for (const { folder } of refs) all.push(...(await assetFiles(await resolveInside(draft.root, folder))));
  return all;
}

export function placingFor(draft: FilmDraft, target: ImportTarget): Promise<Placing> {
  if ('asset' in target) return AssetPlacing.open(draft.root, findAnyAsset(draft.project, target.asset).ref);
  return Promise.resolve(new CategoryPlacing(draft, target.category, target.within));
}

/** Asked before anything is copied. */
async function requireChoice(
  draft: FilmDraft,
  { target, clash }: ImportRequest,
  sources: readonly Source[],
): Promise<void> {
  const placing = await placingFor(draft, target);
  let made = 0;
  for (const { steps } of sources) {
    const placement = await placing.place(steps, clash ?? 'keep');
    if (placement.is === 'new' && placement.made !== undefined) made++;
  }
  if (made > mostAssets) throw new AuteurError('import-too-many', { count: made, most: mostAssets });
  if (clash !== undefined || placing.clashes.length === 0) return;
  const more = placing.clashes.length > mostNamed ? ', …' : '';
  const names = `${placing.clashes.slice(0, mostNamed).join(', ')}${more}`;
  throw new AuteurError('import-clashes', { count: placing.clashes.length, names });
}

async function copyAll(
  root: string,
  { fresh, notes }: { fresh: readonly Source[]; notes: readonly SkippedFile[] },
  { signal, onProgress }: ImportHooks,
): Promise<StagedImport> {
  const staging = await makeStaging(root);
  const dispose = (): Promise<void> => leaveStaging(root, staging.name);
  const totalBytes = fresh.reduce((sum, { bytes }) => sum + bytes, 0);
  const files: StagedFile[] = [];
  const skipped = [...notes];
  const seen = new Map<string, string>();
  let bytes = 0;
  try {
    for (const [index, { path, steps }] of fresh.entries()) {
      const tell = (): void => {
        onProgress({ done: index, total: fresh.length, bytes, totalBytes, name: basename(path) });
      };
      tell();
      const onBytes = (more: number): void => {
        bytes += more;
        tell();
      };
      const sha256 = await copySource({ from: path, to: join(staging.path, String(index)), signal, onBytes });
      const same = seen.get(sha256);
      if (same === undefined) files.push({ from: path, steps, kept: `imports/${staging.name}/${index}` });
      else skipped.push(duplicate(path, same));
      seen.set(sha256, same ?? basename(path));
    }
  } catch (error) {
    await dispose();
    throw error;
  }
  return { files, skipped, [Symbol.asyncDispose]: dispose };
}

function duplicate(from: string, same: string): SkippedFile {
  return { from, reason: `it is the same as ${same}, which is there already.` };
}
