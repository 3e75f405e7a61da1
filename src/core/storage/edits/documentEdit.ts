import { basename } from 'node:path';
import { beatPart, beatSheetText } from '../../domain/documents/beatSheet.ts';
import {
  documentPath,
  folderOf,
  freeDocumentPath,
  freePath,
  type DocumentPath,
} from '../../domain/documents/documentFile.ts';
import { partSource, replacePart, type PartSource } from '../../domain/documents/generatedPart.ts';
import { screenplayText } from '../../domain/documents/screenplay.ts';
import { shotListDocument, shotPart } from '../../domain/documents/shotListDocument.ts';
import { treatmentText } from '../../domain/documents/treatment.ts';
import { AuteurError } from '../../errors.ts';
import type { DocumentKind } from '../../model/documentKind.ts';
import type { SceneId } from '../../model/ids.ts';
import { Title } from '../../model/title.ts';
import type { EditRequest } from '../../protocol/editRequest.ts';
import { readFolder } from '../locate.ts';
import { findScene, type PlacedScene } from '../projectFiles.ts';
import { resolveInside } from '../projectPath.ts';
import { planOf, type NodesPlan } from './editFilm.ts';
import type { FilmDraft } from './filmDraft.ts';
import type { FilmOp } from './filmOp.ts';
import { beatTexts, readFilmText, sceneText } from './filmText.ts';
import { requireTitle } from './requireTitle.ts';

type Request<K extends EditRequest['kind']> = Extract<EditRequest, { kind: K }>;

const kindWords: Readonly<Record<DocumentKind, string>> = {
  treatment: 'Treatment',
  screenplay: 'Screenplay',
  'beat-sheet': 'Beat Sheet',
  'shot-list': 'Shot List',
};

/**
 * Makes a creative document, filled from the film as it is now, under a name that is free.
 * @throws AuteurError `address-unknown`, `value-invalid`, `file-unreadable`
 */
export async function planNewDocument(draft: FilmDraft, request: Request<'newDocument'>): Promise<NodesPlan> {
  const placed = request.scene === undefined ? undefined : findScene(draft.project, request.scene);
  const { document } = request;
  if (placed !== undefined && document !== 'shot-list')
    throw new AuteurError('value-invalid', {
      name: 'scene',
      value: placed.address,
      reason: 'only a shot list can be of one scene',
    });
  const title =
    request.title === undefined ? defaultTitle(draft, document, placed) : requireTitle(request.title);
  // What is read as prose begins with the name of the film alone.
  const isProse = document === 'treatment' || document === 'screenplay';
  const heading = request.title === undefined && isProse ? draft.project.name : title;
  const text = await textOf(draft, { document, title: heading, placed });
  return made(draft, { document, title, text });
}

/**
 * Writes the generated part of a beat sheet or a shot list anew, and leaves what the user wrote around it.
 * Where the part is no longer there to be found, a new document is made beside it.
 * @throws AuteurError `document-unknown`, `document-not-made`, `address-unknown`
 */
export async function planUpdateDocument(
  draft: FilmDraft,
  request: Request<'updateDocument'>,
): Promise<NodesPlan> {
  const { path, text, name, folder } = await requireDocument(draft, request.path);
  const source = partSource(text);
  const to = source === undefined ? undefined : replacePart(text, await partOf(draft, source));
  if (to !== undefined) {
    const ops: FilmOp[] = to === text ? [] : [{ op: 'file', path, from: text, to }];
    return planOf(draft, {
      summary: `Update ${basename(path)}`,
      node: { address: path, id: path },
      ops,
    });
  }
  const document = folder === folderOf('shot-list') ? 'shot-list' : 'beat-sheet';
  if (!/auteur:(begin|end)/.test(text) && document === 'beat-sheet')
    throw new AuteurError('document-not-made', { path });
  const title = Title.safeParse(name.replaceAll('_', ' ')).data ?? kindWords[document];
  return made(draft, { document, title, text: await textOf(draft, { document, title }), from: path });
}

/** @throws AuteurError `document-unknown`, `value-invalid` */
export async function planRenameDocument(
  draft: FilmDraft,
  request: Request<'renameDocument'>,
): Promise<NodesPlan> {
  const { path, text, folder, extension, names } = await requireDocument(draft, request.path);
  const to = renamedPath({ folder, extension }, requireTitle(request.title), { path, names });
  const ops: FilmOp[] =
    to === path
      ? []
      : [
          { op: 'file', path: to, to: text },
          { op: 'file', path, from: text },
        ];
  const node = { address: to, id: to, from: path };
  return planOf(draft, { summary: `Rename ${basename(path)} to ${basename(to)}`, node, ops });
}

/** A name that differs from the present one in letter case only is the same file on some disks. */
function renamedPath(
  place: Pick<DocumentPath, 'folder' | 'extension'>,
  title: string,
  { path, names }: { path: DocumentPath['path']; names: readonly string[] },
): DocumentPath['path'] {
  const others = names.filter((name) => name !== basename(path));
  return freePath(place, title, others) === path ? path : freePath(place, title, names);
}

/** @throws AuteurError `document-unknown` */
export async function planDeleteDocument(
  draft: FilmDraft,
  request: Request<'deleteDocument'>,
): Promise<NodesPlan> {
  const { path, text } = await requireDocument(draft, request.path);
  const ops: FilmOp[] = [{ op: 'file', path, from: text }];
  return planOf(draft, { summary: `Delete ${basename(path)}`, node: { address: path, id: path }, ops });
}

interface NewText {
  readonly document: DocumentKind;
  readonly title: string;
  readonly text: string;
  readonly from?: string;
}

async function made(draft: FilmDraft, { document, title, text, from }: NewText): Promise<NodesPlan> {
  const names = await readFolder(await resolveInside(draft.root, folderOf(document)));
  const path = freeDocumentPath(document, title, names);
  return planOf(draft, {
    summary: `Add ${kindWords[document].toLowerCase()} ${basename(path)}`,
    node: { address: path, id: path, ...(from === undefined ? {} : { from }) },
    ops: [{ op: 'file', path, to: text }],
  });
}

function defaultTitle(
  { project }: FilmDraft,
  document: DocumentKind,
  placed: PlacedScene | undefined,
): string {
  const words = kindWords[document];
  if (placed !== undefined) return `${words} ${placed.address.replace('/', '-')}`;
  const title = `${project.name}: ${words}`;
  return Title.safeParse(title).success ? title : words;
}

async function textOf(
  draft: FilmDraft,
  { document, title, placed }: Pick<NewText, 'document' | 'title'> & { placed?: PlacedScene | undefined },
): Promise<string> {
  switch (document) {
    case 'treatment':
      return treatmentText(title, await readFilmText(draft));
    case 'screenplay':
      return screenplayText(title, await readFilmText(draft));
    case 'beat-sheet':
      return beatSheetText(title, beatTexts(draft.project));
    case 'shot-list': {
      const scene = placed === undefined ? {} : { scene: placed.scene.id };
      return shotListDocument(title, await partOf(draft, { of: 'shots', ...scene }));
    }
  }
}

async function partOf(draft: FilmDraft, source: PartSource): Promise<readonly string[]> {
  if (source.of === 'beats') return beatPart(beatTexts(draft.project));
  if (source.scene === undefined) return shotPart(await readFilmText(draft));
  const placed = sceneOf(draft, source.scene);
  return shotPart(await readFilmText(draft), { id: placed.scene.id, scene: await sceneText(draft, placed) });
}

function sceneOf(draft: FilmDraft, id: string): PlacedScene {
  const scenes = draft.project.narrative.chapters.flatMap((chapter) => chapter.scenes);
  const known: SceneId | undefined = scenes.find((scene) => scene.id === id)?.id;
  const placed = known === undefined ? undefined : draft.scene(known);
  if (placed === undefined) throw new AuteurError('address-unknown', { what: 'scene with id', address: id });
  return placed;
}

async function requireDocument(draft: FilmDraft, path: string) {
  const parts = documentPath(path);
  const names = parts === undefined ? [] : await readFolder(await resolveInside(draft.root, parts.folder));
  if (parts === undefined || !names.includes(basename(path)))
    throw new AuteurError('document-unknown', { path });
  const text = await draft.text(path);
  if (text === undefined) throw new AuteurError('document-unknown', { path });
  return { ...parts, names, text };
}
