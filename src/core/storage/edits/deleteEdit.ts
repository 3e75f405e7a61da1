import { AuteurError } from '../../errors.ts';
import type { ShotId } from '../../model/ids.ts';
import type { Scene } from '../../model/project.ts';
import { allScenes } from '../projectFiles.ts';
import type { IsBusy } from '../history/findObstacle.ts';
import { applyOp, predecessor } from './applyOp.ts';
import type { NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import { jsonOf, type FilmOp } from './filmOp.ts';
import { findNodes, type Target } from './findNodes.ts';
import { namesOf } from './namesOf.ts';

/**
 * Takes chapters, scenes or shots out of the film. Takes stay where they are on disk, so that nothing is lost.
 * @throws AuteurError `address-unknown`, `nodes-mixed`, `delete-has-jobs`
 */
export async function planDelete(
  draft: FilmDraft,
  { addresses }: { readonly addresses: readonly string[] },
  isBusy: IsBusy,
): Promise<NodesPlan> {
  const targets = await findNodes(draft, addresses);
  const ops: FilmOp[] = [];
  const make = async (op: FilmOp): Promise<void> => {
    ops.push(op);
    await applyOp(draft, op);
  };
  for (const one of targets) {
    await requireIdle(draft, one, isBusy);
    await unbindBeats(draft, one, make);
    const { lists } = await contentOf(draft, one);
    const found = await draft.findList(one.list);
    const value = found?.value.find(({ id }) => id === one.id);
    if (found === undefined || value === undefined) continue;
    await make({ op: 'remove', list: one.list, value, after: predecessor(found.value, one.id) });
    // The manifest comes first: a list that it no longer names is nobody's.
    const named = new Set(allScenes(draft.project).map(({ scene }) => scene.shotList.toLowerCase()));
    for (const { path, text } of lists)
      if (!named.has(path.toLowerCase())) await make({ op: 'file', path, from: text });
  }
  const nodes = targets.map(({ address, id }) => ({ address, id }));
  return { summary: `Delete ${namesOf(targets)}`, nodes, ops };
}

interface Content {
  readonly shots: readonly { readonly id: ShotId; readonly address: string }[];
  readonly lists: readonly { readonly path: Scene['shotList']; readonly text: string }[];
}

async function contentOf(draft: FilmDraft, target: Target): Promise<Content> {
  if (target.kind === 'shot') return { shots: [{ id: target.shot.id, address: target.address }], lists: [] };
  const scenes = target.kind === 'scene' ? [target.placed.scene] : target.chapter.scenes;
  const files = await Promise.all(scenes.map((scene) => draft.listFile(scene.shotList)));
  const shots = files.flatMap((file) => file.value?.shots ?? []);
  return {
    shots: shots.map(({ id }) => ({ id, address: target.address })),
    lists: scenes.flatMap(({ shotList: path }, index) => {
      const text = files[index]?.text;
      return text === undefined ? [] : [{ path, text }];
    }),
  };
}

async function requireIdle(draft: FilmDraft, target: Target, isBusy: IsBusy): Promise<void> {
  for (const { id, address } of (await contentOf(draft, target)).shots)
    if (await isBusy(id)) throw new AuteurError('delete-has-jobs', { address });
}

/** An emotional beat stays in the film when its scene or chapter goes. */
async function unbindBeats(
  draft: FilmDraft,
  target: Target,
  make: (op: FilmOp) => Promise<void>,
): Promise<void> {
  const gone = new Set<string>([target.id]);
  if (target.kind === 'chapter') for (const { id } of target.chapter.scenes) gone.add(id);
  const from = draft.project.narrative.emotionalBeats;
  const to = from.map(({ chapter, scene, ...beat }) => ({
    ...beat,
    ...(chapter === undefined || gone.has(chapter) ? {} : { chapter }),
    ...(scene === undefined || gone.has(scene) ? {} : { scene }),
  }));
  const isBound = from.some(({ chapter, scene }) => gone.has(chapter ?? '') || gone.has(scene ?? ''));
  if (!isBound) return;
  const field = ['narrative', 'emotionalBeats'];
  await make({ op: 'set', place: { of: 'project' }, field, from: jsonOf(from), to: jsonOf(to) });
}
