import type { Project } from '../model/project.ts';
import type { ShotList } from '../model/shotList.ts';
import type { FixEdit, ProblemFix } from '../protocol/problemFix.ts';
import type { JsonFile } from './jsonFile.ts';
import { laterTwins, problemOf, type Report } from './problems.ts';
import { allScenes, type PlacedScene, type PlacedShot } from './projectFiles.ts';

const manifest = 'project.json';

/** What has a number or an id of its own, and where it stands. */
interface Node {
  readonly id: string;
  readonly number: number;
  readonly pointer: string;
}

/** The numbers of one list, and the counter that says which is next. */
interface Counted {
  readonly path: string;
  readonly what: string;
  readonly nodes: readonly Node[];
  readonly counter: { readonly pointer: string; readonly value: number };
}

/** Ids and numbers of chapters and scenes. */
export function checkNumbers(project: Project, report: Report): void {
  const { nextNumber, nextSceneNumber } = project.narrative;
  const chapters: readonly Node[] = project.narrative.chapters.map(({ id, number }, index) => ({
    id,
    number,
    pointer: `/narrative/chapters/${index}`,
  }));
  const placed = allScenes(project);
  const scenes = placed.filter((one) => firstChapter(one, placed) === undefined).map(sceneNode);
  for (const twin of placed) {
    const first = firstChapter(twin, placed);
    if (first !== undefined)
      reportPlace({ what: 'scene', first, twin, path: manifest, pointer: sceneNode(twin).pointer }, report);
  }
  // A scene's id is also in its shot list: only the user can say which of the two the list belongs to.
  for (const twin of laterTwins([...chapters, ...scenes], ({ id }) => id))
    checkId(manifest, twin, chapters.includes(twin), report);
  checkCounted(
    {
      path: manifest,
      what: 'chapters',
      nodes: chapters,
      counter: { pointer: '/narrative/nextNumber', value: nextNumber },
    },
    report,
  );
  checkCounted(
    {
      path: manifest,
      what: 'scenes',
      nodes: scenes,
      counter: { pointer: '/narrative/nextSceneNumber', value: nextSceneNumber },
    },
    report,
  );
  for (const [category, refs] of Object.entries(project.assets)) checkAssetIds(category, refs, report);
}

function sceneNode({ scene: { id, number }, chapterIndex, sceneIndex }: PlacedScene): Node {
  return { id, number, pointer: `/narrative/chapters/${chapterIndex}/scenes/${sceneIndex}` };
}

/** Where a scene stands that two branches have moved to two chapters. */
function firstChapter(twin: PlacedScene, placed: readonly PlacedScene[]): PlacedScene | undefined {
  const { id, shotList } = twin.scene;
  const first = placed.find(({ scene }) => scene.id === id && scene.shotList === shotList);
  return first?.chapter.id === twin.chapter.id ? undefined : first;
}

function checkAssetIds(category: string, refs: unknown, report: Report): void {
  if (!Array.isArray(refs)) return;
  const ids = refs.map((ref: unknown, index) => ({ id: idOf(ref), index }));
  for (const { id, index } of laterTwins(ids, (one) => one.id)) {
    const pointer = `/assets/${category}/${index}/id`;
    if (id !== undefined) report(problemOf('id-repeated', { path: manifest, pointer, data: { id } }));
  }
}

function idOf(ref: unknown): string | undefined {
  if (typeof ref !== 'object' || ref === null || !('id' in ref)) return undefined;
  return typeof ref.id === 'string' ? ref.id : undefined;
}

/** Ids and numbers of shots, each list for itself and all together. */
export function checkShotNumbers(shots: readonly PlacedShot[], report: Report): void {
  for (const [list, own] of byList(shots)) {
    const path = own[0]?.scene.shotList ?? manifest;
    checkCounted({ path, what: 'shots', nodes: own.map(shotNode), counter: counterOf(list.value) }, report);
  }
  for (const twin of laterTwins(shots, ({ shot }) => shot.id)) {
    const first = firstPlace(twin, shots);
    if (first !== undefined) {
      reportPlace(
        { what: 'shot', first, twin, path: twin.scene.shotList, pointer: shotNode(twin).pointer },
        report,
      );
      continue;
    }
    const isCopy = shots.filter(({ shot }) => shot.folder === twin.shot.folder).length === 1;
    checkId(twin.scene.shotList, shotNode(twin), isCopy, report);
  }
  for (const twin of laterTwins(shots, (one) => one.shot.folder)) {
    if (firstPlace(twin, shots) !== undefined) continue;
    const { scene, shot, shotIndex } = twin;
    const pointer = `/shots/${shotIndex}/folder`;
    report(problemOf('folder-shared', { path: scene.shotList, pointer, data: { folder: shot.folder } }));
  }
}

/** Where a shot stands that two branches have moved to two scenes; a copy made by hand may have a folder of its own. */
function firstPlace(twin: PlacedShot, shots: readonly PlacedShot[]): PlacedShot | undefined {
  const { id, folder } = twin.shot;
  const first = shots.find(({ shot }) => shot.id === id && shot.folder === folder);
  return first?.scene.id === twin.scene.id ? undefined : first;
}

interface Place {
  readonly what: 'scene' | 'shot';
  readonly first: { readonly address: string };
  readonly twin: { readonly address: string };
  readonly path: string;
  readonly pointer: string;
}

function reportPlace({ what, first, twin, path, pointer }: Place, report: Report): void {
  const data = { what, first: first.address, second: twin.address };
  report(problemOf('placed-twice', { path, pointer: `${pointer}/id`, data }));
}

function byList(shots: readonly PlacedShot[]): ReadonlyMap<JsonFile<ShotList>, readonly PlacedShot[]> {
  const lists = new Map<JsonFile<ShotList>, PlacedShot[]>();
  for (const shot of shots) {
    const known = lists.get(shot.list);
    if (known === undefined) lists.set(shot.list, [shot]);
    else known.push(shot);
  }
  return lists;
}

function shotNode({ shot: { id, number }, shotIndex }: PlacedShot): Node {
  return { id, number, pointer: `/shots/${shotIndex}` };
}

function counterOf({ nextNumber }: ShotList): Counted['counter'] {
  return { pointer: '/nextNumber', value: nextNumber };
}

function checkId(path: string, { id, pointer }: Node, mendable: boolean, report: Report): void {
  const place = `${pointer}/id`;
  const fix: ProblemFix = {
    name: 'new-id',
    found: { pointer: place, value: id },
    edits: [{ pointer: place, freshId: true }],
  };
  report(
    problemOf('id-repeated', {
      path,
      pointer: place,
      data: { id },
      fix: mendable ? fix : undefined,
    }),
  );
}

function checkCounted({ path, what, nodes, counter }: Counted, report: Report): void {
  const least = Math.max(0, ...nodes.map(({ number }) => number)) + 1;
  const next = Math.max(counter.value, least);
  for (const { number, pointer } of laterTwins(nodes, (node) => node.number)) {
    const place = `${pointer}/number`;
    const edits: readonly FixEdit[] = [
      { pointer: place, value: next },
      { pointer: counter.pointer, value: next + 1 },
    ];
    const fix: ProblemFix = { name: 'next-number', found: { pointer: place, value: number }, edits };
    report(problemOf('number-repeated', { path, pointer: place, data: { what, number, next }, fix }));
  }
  if (counter.value >= least) return;
  const { pointer, value } = counter;
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  const fix: ProblemFix = {
    name: 'raise-counter',
    found: { pointer, value },
    edits: [{ pointer, value: least }],
  };
  report(problemOf('next-number-low', { path, pointer, data: { name, number: least }, fix }));
}
