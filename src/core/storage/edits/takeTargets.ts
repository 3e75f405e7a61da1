import { AuteurError } from '../../errors.ts';
import { slateCode } from '../../model/address.ts';
import { RelativePath } from '../../model/relativePath.ts';
import type { Take } from '../../model/take.ts';
import type { TakeName } from '../../protocol/editRequest.ts';
import { resolveInside } from '../projectPath.ts';
import { scanTakes, type TakeScan } from '../takes.ts';
import type { FilmDraft } from './filmDraft.ts';
import { findNode, type ShotTarget } from './findNodes.ts';

/** A take that an edit is about, with its shot. */
export interface TakeTarget {
  readonly shot: ShotTarget;
  readonly take: Take;
  readonly folder: RelativePath;
  /** Relative to the project. */
  readonly sidecar: RelativePath;
}

/** @throws AuteurError `address-invalid`, `address-unknown` */
export async function findShotTarget(draft: FilmDraft, address: string): Promise<ShotTarget> {
  const target = await findNode(draft, address);
  if (target.kind !== 'shot') throw new AuteurError('address-unknown', { what: 'shot', address });
  return target;
}

/**
 * Each take once, in the order in which they were named.
 * @throws AuteurError `take-unknown`, `address-unknown`
 */
export async function findTakes(
  draft: FilmDraft,
  named: readonly TakeName[],
): Promise<readonly TakeTarget[]> {
  const scans = new Map<string, TakeScan>();
  const found = new Map<string, TakeTarget>();
  for (const { address, take: name } of named) {
    const shot = await findShotTarget(draft, address);
    const folder = RelativePath.parse(shot.shot.folder);
    const scan = scans.get(shot.id) ?? (await scanTakes(await resolveInside(draft.root, folder)));
    scans.set(shot.id, scan);
    const sidecar = scan.sidecars.find(
      ({ take }) => take.deleted === undefined && (take.id === name || take.number === name),
    );
    if (sidecar === undefined) throw new AuteurError('take-unknown', { address: shot.address, number: name });
    const { take } = sidecar;
    found.set(take.id, { shot, take, folder, sidecar: RelativePath.parse(`${folder}/${sidecar.name}`) });
  }
  return [...found.values()];
}

/** `take 02 of 01/02/03`, or `3 takes`. */
export function wordsFor(targets: readonly TakeTarget[]): string {
  const [first] = targets;
  if (first === undefined || targets.length > 1) return `${targets.length} takes`;
  return `take ${slateCode(first.take.number)} of ${first.shot.address}`;
}

export function nodesOf(
  targets: readonly TakeTarget[],
): readonly { address: string; id: string; take: number }[] {
  return targets.map(({ shot, take }) => ({ address: shot.address, id: take.id, take: take.number }));
}
