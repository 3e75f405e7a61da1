import { shotFolder } from '../../domain/numbering.ts';
import { formatAddress, slateCode } from '../../model/address.ts';
import { ChapterId, newId, SceneId, ShotId } from '../../model/ids.ts';
import type { Chapter, Scene } from '../../model/project.ts';
import { ShotList, shotListSchemaVersion, type Shot } from '../../model/shotList.ts';
import { Title } from '../../model/title.ts';
import type { EditedNode } from '../../protocol/editRequest.ts';
import { formatJson } from '../jsonFile.ts';
import { freeShotList } from '../newShotList.ts';
import { applyOp } from './applyOp.ts';
import type { NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import type { FilmOp } from './filmOp.ts';
import { findNodes, type Target } from './findNodes.ts';
import { namesOf } from './namesOf.ts';

type Make = (op: FilmOp) => Promise<void>;

/**
 * Puts copies of chapters, scenes or shots right behind them, with numbers, ids and folders of their own.
 * What was decided about takes stays with the takes.
 * @throws AuteurError `address-unknown`, `nodes-mixed`
 */
export async function planDuplicate(
  draft: FilmDraft,
  { addresses }: { readonly addresses: readonly string[] },
): Promise<NodesPlan> {
  const targets = await findNodes(draft, addresses);
  const ops: FilmOp[] = [];
  const make: Make = async (op) => {
    ops.push(op);
    await applyOp(draft, op);
  };
  const nodes: EditedNode[] = [];
  for (const one of targets) nodes.push({ ...(await copyOf(draft, one, make)), from: one.address });
  return { summary: `Duplicate ${namesOf(targets)}`, nodes, ops };
}

async function copyOf(draft: FilmDraft, target: Target, make: Make): Promise<EditedNode> {
  switch (target.kind) {
    case 'chapter':
      return copyChapter(draft, target.chapter, make);
    case 'scene': {
      const { chapter, scene } = target.placed;
      const value = await copyScene(
        draft,
        { chapter: chapter.number, scene, title: copyTitle(scene.title) },
        make,
      );
      await make({ op: 'insert', list: target.list, value, after: scene.id });
      return { address: formatAddress({ chapter: chapter.number, scene: value.number }), id: value.id };
    }
    case 'shot': {
      const { placed, shot, list } = target;
      const { nextNumber, shots } = await draft.beginList(placed);
      const number = Math.max(nextNumber, ...shots.map((one) => one.number + 1));
      const value = copyShot(shot, number, shotFolder(placed.chapter.number, placed.scene.number, number));
      await make({ op: 'insert', list, value, after: shot.id });
      return { address: `${placed.address}/${slateCode(number)}`, id: value.id };
    }
  }
}

async function copyChapter(draft: FilmDraft, chapter: Chapter, make: Make): Promise<EditedNode> {
  const { nextNumber, chapters } = draft.project.narrative;
  const number = Math.max(nextNumber, ...chapters.map((one) => one.number + 1));
  const scenes: Scene[] = [];
  for (const scene of chapter.scenes) {
    const least = (scenes.at(-1)?.number ?? 0) + 1;
    scenes.push(await copyScene(draft, { chapter: number, scene, title: scene.title, least }, make));
  }
  const value = { ...chapter, id: newId(ChapterId), number, title: copyTitle(chapter.title), scenes };
  await make({ op: 'insert', list: { of: 'chapters' }, value, after: chapter.id });
  return { address: slateCode(number), id: value.id };
}

/** Makes the shot list of the copy; the scene itself is put in its place afterwards. */
async function copyScene(
  draft: FilmDraft,
  { chapter, scene, title, least = 1 }: { chapter: number; scene: Scene; title: string; least?: number },
  make: Make,
): Promise<Scene> {
  const { number, path, ...left } = await freeShotList(draft.root, draft.project, { chapter, least });
  const id = newId(SceneId);
  const source = (await draft.listFile(scene.shotList)).value;
  const shots = (source?.shots ?? []).map((shot) =>
    copyShot(shot, shot.number, shotFolder(chapter, number, shot.number)),
  );
  const list = ShotList.parse({
    ...source,
    schemaVersion: shotListSchemaVersion,
    sceneId: id,
    nextNumber: Math.max(1, ...shots.map((shot) => shot.number + 1)),
    shots,
  });
  await make({ op: 'file', path, ...left, to: formatJson(list) });
  return { ...scene, id, number, title, shotList: path };
}

function copyShot(shot: Shot, number: number, folder: string): Shot {
  const copy = { ...shot, id: newId(ShotId), number, folder };
  delete copy.activeTake;
  delete copy.reviews;
  return copy;
}

/** Where there is no room for more words the title is the same: numbers tell the two apart. */
function copyTitle(title: string): string {
  const copy = `${title} (copy)`;
  return Title.safeParse(copy).success ? copy : title;
}
