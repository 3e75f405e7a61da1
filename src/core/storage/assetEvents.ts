import type { AssetCategory, Project } from '../model/project.ts';
import type { AuteurEvent } from '../protocol/events.ts';
import type { FilmOp } from './edits/filmOp.ts';
import { placed } from './edits/findAnyAsset.ts';

/** What an edit means for assets, each told once. */
export function assetEvents(project: Project, ops: readonly FilmOp[]): readonly AuteurEvent[] {
  const events = new Map<string, AuteurEvent>();
  const tell = (type: AssetEventType, category: AssetCategory, asset: string): void => {
    const known = events.get(asset);
    // One that came or went was not merely updated.
    if (known === undefined || type !== 'asset_updated') events.set(asset, { type, category, asset });
  };
  const byFolder = placed(project).map(({ category, ref }) => ({ category, ref, start: `${ref.folder}/` }));
  for (const op of ops) {
    if ((op.op === 'insert' || op.op === 'remove') && op.list.of === 'assets')
      tell(op.op === 'insert' ? 'asset_added' : 'asset_removed', op.list.category, op.value.id);
    if (op.op === 'set' && (op.place.of === 'asset' || op.place.of === 'assetText'))
      tell('asset_updated', op.place.category, op.place.id);
    const path = op.op === 'media' ? op.path : op.op === 'relocate' ? `${op.to}/` : undefined;
    if (path === undefined) continue;
    const owner = byFolder.find(({ start }) => path.startsWith(start));
    if (owner !== undefined) tell('asset_updated', owner.category, owner.ref.id);
  }
  return [...events.values()];
}

type AssetEventType = 'asset_added' | 'asset_updated' | 'asset_removed';
