import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isAcceptableName } from '../../domain/names.ts';
import { AuteurError } from '../../errors.ts';
import { Project } from '../../model/project.ts';
import { ShotList } from '../../model/shotList.ts';
import { copyWatched } from '../copyFile.ts';
import { Git } from '../git.ts';
import { requireGitTools } from '../gitTools.ts';
import { checkJsonText, editJsonText, type JsonEdit } from '../jsonFile.ts';
import { mediaState } from '../lfs.ts';
import { workspaceOf } from '../locate.ts';
import { placeProject } from '../placeProject.ts';
import { allScenes, readProject, readShotList, requireWritable } from '../projectFiles.ts';
import { withProjectLock } from '../projectLock.ts';
import { initRepository } from '../scaffold.ts';
import { requireWanted, type Watch } from '../watch.ts';
import { newIds, withNewIds, type NewIds } from './newIds.ts';
import { filesOfFilm, requirePortable } from './workTree.ts';

export interface Duplicating {
  readonly root: string;
  readonly name: string;
  /** With the recorded takes. */
  readonly takes: boolean;
}

interface Source {
  readonly ids: NewIds;
  readonly texts: ReadonlyMap<string, string>;
  readonly media: readonly string[];
}

/**
 * Makes a new film of the text and the assets of another: with ids, a repository and a history of its own.
 * @returns the absolute path of its folder
 * @throws AuteurError `project-name-invalid`, `folder-exists`, `film-holds-link`, `media-not-here`
 */
export async function duplicateProject(wanted: Duplicating, watch: Watch): Promise<string> {
  if (!isAcceptableName(wanted.name)) throw new AuteurError('project-name-invalid');
  await requireGitTools(wanted.root);
  const source = await withProjectLock(wanted.root, () => readSource(wanted));
  return placeProject(
    { workspace: workspaceOf(wanted.root), name: wanted.name },
    async (building, expected) => {
      await writeTexts(building, source, wanted);
      await copyMedia(wanted.root, building, source.media, watch);
      requireWanted(watch);
      watch.tell({ step: 'committing' });
      await initRepository(building, expected);
    },
  );
}

/** Text is read under the lock, so that manifest and shot lists fit together. */
async function readSource({ root, takes }: Duplicating): Promise<Source> {
  const git = new Git(root);
  await git.requireRepository();
  const manifest = await readProject(root);
  requireWritable(manifest);
  const lists = await Promise.all(allScenes(manifest.value).map(({ scene }) => readShotList(root, scene)));
  const all = await filesOfFilm(git);
  const files = takes ? all : all.filter((path) => !isOfTakes(path));
  requirePortable(files);
  const texts = new Map<string, string>();
  for (const path of files.filter((one) => one.endsWith('.json')))
    texts.set(path, await readFile(join(root, path), 'utf8'));
  const known = lists.flatMap((list) => (list === undefined ? [] : [list.value]));
  return {
    ids: newIds(manifest.value, known),
    texts,
    media: await requireHere(
      root,
      files.filter((path) => !texts.has(path)),
    ),
  };
}

function isOfTakes(path: string): boolean {
  return path.startsWith('03_Renders/') && path !== '03_Renders/.gitkeep';
}

/** A pointer in another repository would lead to nothing. */
async function requireHere(root: string, media: readonly string[]): Promise<readonly string[]> {
  for (const path of media) {
    if ((await mediaState(join(root, path))) === 'pointer') throw new AuteurError('media-not-here', { path });
  }
  return media;
}

async function writeTexts(building: string, { texts, ids }: Source, wanted: Duplicating): Promise<void> {
  for (const [path, text] of texts) {
    const target = join(building, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, retold(path, withNewIds(text, ids), wanted), { flag: 'wx' });
  }
}

function retold(path: string, text: string, { name, takes }: Duplicating): string {
  if (path === 'project.json') {
    const created = new Date().toISOString();
    const edited = editJsonText(text, [
      { path: ['name'], value: name },
      { path: ['created'], value: created },
    ]);
    checkJsonText(edited, Project);
    return edited;
  }
  if (takes || !path.endsWith('.shotlist.json')) return text;
  return withoutTakes(text);
}

/** What was decided about takes goes with them. */
function withoutTakes(text: string): string {
  const edits = checkJsonText(text, ShotList).shots.flatMap((shot, index): JsonEdit[] => [
    ...(shot.activeTake === undefined ? [] : [{ path: ['shots', index, 'activeTake'], value: undefined }]),
    ...(shot.reviews === undefined ? [] : [{ path: ['shots', index, 'reviews'], value: undefined }]),
  ]);
  return editJsonText(text, edits);
}

async function copyMedia(
  root: string,
  building: string,
  media: readonly string[],
  watch: Watch,
): Promise<void> {
  let done = 0;
  for (const path of media) {
    watch.tell({ step: 'copying', done, total: media.length });
    const target = join(building, path);
    await mkdir(dirname(target), { recursive: true });
    await copyWatched(join(root, path), target, watch, () => undefined);
    done++;
  }
}
