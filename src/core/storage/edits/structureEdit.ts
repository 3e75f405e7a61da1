import { isDeepStrictEqual } from 'node:util';
import { mergeStructure, type MergedChapter, type StructureMerge } from '../../domain/mergeStructure.ts';
import type { NarrativeTemplate, TemplateChapter } from '../../domain/narrativeTemplates.ts';
import { AuteurError } from '../../errors.ts';
import { formatAddress, slateCode } from '../../model/address.ts';
import { BeatId, ChapterId, newId } from '../../model/ids.ts';
import type { Chapter, EmotionalBeat, Scene } from '../../model/project.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import type { StructurePreview } from '../../protocol/structureView.ts';
import { allScenes } from '../projectFiles.ts';
import { findStructure, structureView, type LibraryOrBuiltIn } from '../templates.ts';
import { applyOp, predecessor } from './applyOp.ts';
import type { NodesPlan } from './editFilm.ts';
import { FilmDraft } from './filmDraft.ts';
import { jsonOf, type FilmOp } from './filmOp.ts';

type ChangeStructure = Omit<Extract<EditRequest, { kind: 'structure' }>, 'kind'>;

interface Prepared {
  readonly merge: StructureMerge;
  readonly to: LibraryOrBuiltIn;
}

async function prepare(draft: FilmDraft, { structure, scenes = 'stay' }: ChangeStructure): Promise<Prepared> {
  const { project } = draft;
  const to = await findStructure(draft.root, structure);
  const from = await formerTemplate(draft, to.template);
  return { to, merge: mergeStructure({ project, from, to: to.template, scenes }) };
}

/** A structure that is gone from the library is not known any more; then all it left in the film stays. */
async function formerTemplate(
  draft: FilmDraft,
  to: NarrativeTemplate,
): Promise<NarrativeTemplate | undefined> {
  const { structure } = draft.project.narrative;
  if (structure === to.id) return undefined;
  try {
    return (await findStructure(draft.root, structure)).template;
  } catch (error) {
    if (AuteurError.is(error, 'structure-unknown') || AuteurError.is(error, 'file-unreadable'))
      return undefined;
    throw error;
  }
}

/**
 * What `planStructure` would do to the film as it is.
 * @throws AuteurError `structure-unknown`, `file-unreadable`
 */
export async function previewStructure(root: string, change: ChangeStructure): Promise<StructurePreview> {
  const draft = await FilmDraft.open(root);
  const { to, merge } = await prepare(draft, change);
  const chapterOf = new Map(allScenes(draft.project).map((placed) => [placed.scene.id, placed]));
  const { kept, gone, added } = merge.beats;
  return {
    from: draft.project.narrative.structure,
    to: structureView(to),
    chapters: merge.chapters.map((chapter) => ({
      title: titleOf(chapter),
      ...addressOf(chapter.existing),
      scenes: chapter.scenes.length,
      isNew: chapter.existing === undefined,
    })),
    gone: merge.gone.map((chapter) => ({ title: chapter.title, ...addressOf(chapter) })),
    moved: merge.chapters.flatMap((chapter) =>
      chapter.scenes.flatMap(({ id, title }) => {
        const placed = chapterOf.get(id);
        if (placed === undefined || placed.chapter.id === chapter.existing?.id) return [];
        return [{ title, address: placed.address, into: titleOf(chapter) }];
      }),
    ),
    beats: { kept: kept.length, gone: gone.map(({ name }) => name), added: added.map(({ name }) => name) },
  };
}

function titleOf({ existing, template }: MergedChapter): string {
  return existing?.title ?? template?.title ?? '';
}

function addressOf(chapter: Chapter | undefined): { address?: string } {
  return chapter === undefined ? {} : { address: slateCode(chapter.number) };
}

/**
 * Gives the film another narrative structure; every scene stays, and no number is given twice.
 * @throws AuteurError as `previewStructure`
 */
export async function planStructure(draft: FilmDraft, change: ChangeStructure): Promise<NodesPlan> {
  const { to, merge } = await prepare(draft, change);
  const { template } = to;
  const ops: FilmOp[] = [];
  const make = async (op: FilmOp): Promise<void> => {
    ops.push(op);
    await applyOp(draft, op);
  };
  const ids = await insertChapters(draft, merge, make);
  await moveScenes(draft, merge, { ids, make });
  // Before their chapters go, and last of all when it is undone: nothing is bound to a chapter that is not there.
  await replaceBeats(draft, merge, { ids, make });
  for (const { id } of merge.gone) {
    const { chapters } = draft.project.narrative;
    const value = chapters.find((chapter) => chapter.id === id);
    if (value !== undefined)
      await make({ op: 'remove', list: { of: 'chapters' }, value, after: predecessor(chapters, id) });
  }
  const { structure, ...narrative } = draft.project.narrative;
  if (structure !== template.id) {
    const field = ['narrative', 'structure'];
    await make({ op: 'set', place: { of: 'project' }, field, from: structure, to: template.id });
  }
  const nodes = narrative.chapters.map(({ id, number }) => ({
    address: formatAddress({ chapter: number }),
    id,
  }));
  return { summary: `Change the narrative structure to ${template.name}`, nodes, ops };
}

type Make = (op: FilmOp) => Promise<void>;
type Ids = ReadonlyMap<MergedChapter, ChapterId>;

async function insertChapters(draft: FilmDraft, { chapters }: StructureMerge, make: Make): Promise<Ids> {
  const ids = new Map<MergedChapter, ChapterId>();
  let after: ChapterId | null = null;
  for (const chapter of chapters) {
    const { narrative } = draft.project;
    const id = chapter.existing?.id ?? newId(ChapterId);
    if (chapter.existing === undefined) {
      const number = Math.max(narrative.nextNumber, ...narrative.chapters.map((one) => one.number + 1));
      const { title = '', synopsis = '' } = chapter.template ?? {};
      const words = { title, ...(synopsis === '' ? {} : { synopsis }) };
      await make({
        op: 'insert',
        list: { of: 'chapters' },
        value: { id, number, ...words, scenes: [] },
        after,
      });
    }
    ids.set(chapter, id);
    after = id;
  }
  return ids;
}

/** Whole lists, not scene by scene: a long film has thousands of them. */
async function moveScenes(
  draft: FilmDraft,
  { chapters, gone }: StructureMerge,
  { ids, make }: { ids: Ids; make: Make },
): Promise<void> {
  const wanted = new Map<string, readonly Scene[]>(gone.map(({ id }) => [id, []]));
  for (const chapter of chapters) wanted.set(ids.get(chapter) ?? '', chapter.scenes);
  for (const { id, scenes: from } of draft.project.narrative.chapters) {
    const to = wanted.get(id) ?? from;
    if (isDeepStrictEqual(to, from)) continue;
    const place = { of: 'chapter', id } as const;
    await make({ op: 'set', place, field: ['scenes'], from: jsonOf(from), to: jsonOf(to) });
  }
}

async function replaceBeats(
  draft: FilmDraft,
  { beats, chapters, gone }: StructureMerge,
  { ids, make }: { ids: Ids; make: Make },
): Promise<void> {
  const from = draft.project.narrative.emotionalBeats;
  const lost = new Set(gone.map(({ id }) => id));
  const idOf = (template: TemplateChapter): ChapterId | undefined => {
    const merged = chapters.find((chapter) => chapter.template === template);
    return merged && ids.get(merged);
  };
  const kept = beats.kept.map(({ chapter, ...beat }): EmotionalBeat =>
    chapter === undefined || lost.has(chapter) ? beat : { ...beat, chapter },
  );
  const added = beats.added.map(({ chapter: template, ...beat }): EmotionalBeat => {
    const chapter = idOf(template);
    return { id: newId(BeatId), ...beat, ...(chapter === undefined ? {} : { chapter }) };
  });
  const to = [...kept, ...added].sort((one, other) => one.position - other.position);
  if (isDeepStrictEqual(to, from)) return;
  const field = ['narrative', 'emotionalBeats'];
  await make({ op: 'set', place: { of: 'project' }, field, from: jsonOf(from), to: jsonOf(to) });
}
