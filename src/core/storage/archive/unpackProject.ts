import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AuteurError } from '../../errors.ts';
import { markerFile } from '../../model/markerFile.ts';
import { Git, GitFailure } from '../git.ts';
import { requireGitTools } from '../gitTools.ts';
import { objectFile } from '../lfs.ts';
import { isProjectFolder, nearestFolder, projectFolders } from '../locate.ts';
import { makeOwnFolder } from '../ownFolder.ts';
import { placeProject } from '../placeProject.ts';
import { readProject } from '../projectFiles.ts';
import { installLfs } from '../scaffold.ts';
import { requireWanted, type Watch } from '../watch.ts';
import { isOfTheFilm, requirePortable } from '../wholeProject/workTree.ts';
import {
  archiveBundleName,
  archiveChangesFolder,
  archiveLfsFolder,
  type ArchiveManifest,
} from './archiveFile.ts';
import { changedMedia } from './changedMedia.ts';
import { invalid, openArchive, type Archive, type ArchivedFile } from './readArchive.ts';
import { lfsObjectsOf, treeOf } from './treeOf.ts';

export interface Unpacking {
  readonly file: string;
  readonly workspace: string;
}

interface Building {
  readonly file: string;
  readonly git: Git;
  readonly manifest: ArchiveManifest;
  /** The LFS objects that came. */
  readonly objects: Set<string>;
  /** What was not committed, in the order it came, by its path in the film. */
  readonly changes: string[];
  /** The SHA-256 of each of them. */
  readonly hashes: Map<string, string>;
}

/**
 * Makes a film of an archive, in a new folder of the workspace. Nothing of the archive is run: it brings neither hooks
 * nor settings, and every path in it is looked at first.
 * @returns the absolute path of its folder
 * @throws AuteurError `archive-missing`, `archive-invalid`, `archive-newer`, `folder-exists`, `project-there`, `path-outside`,
 *   `path-not-portable`, `paths-clash`, `film-holds-link`, `work-cancelled`
 */
export async function unpackProject({ file, workspace }: Unpacking, watch: Watch): Promise<string> {
  await requireGitTools(await nearestFolder(workspace));
  const archive = await openArchive(file, watch);
  try {
    const { id, name } = archive.manifest.project;
    await requireNew(workspace, id);
    return await placeProject({ workspace, name }, (building) => build(file, archive, building, watch));
  } finally {
    await archive.files.return(undefined);
  }
}

/** Two films with one id would be taken for one. */
async function requireNew(workspace: string, id: string): Promise<void> {
  for (const root of await projectFolders(workspace)) {
    if ((await idOf(root)) === id) throw new AuteurError('project-there', { path: root });
  }
}

async function idOf(root: string): Promise<string | undefined> {
  try {
    return (await readProject(root)).value.id;
  } catch (error) {
    // What cannot be read has no id that anybody could mistake.
    if (AuteurError.is(error)) return undefined;
    throw error;
  }
}

async function build(file: string, archive: Archive, root: string, watch: Watch): Promise<void> {
  const { manifest } = archive;
  const received = { objects: new Set<string>(), changes: [], hashes: new Map<string, string>() };
  const building: Building = { file, git: new Git(root), manifest, ...received };
  await mkdir(root);
  await building.git.run(['init', '--quiet', '--initial-branch=main']);
  for await (const one of archive.files) await take(building, one);
  requireWanted(watch);
  await checked(building, async () => {
    await installLfs(building.git);
    await fetchHistory(building);
    await checkOut(building);
  });
  requireWanted(watch);
  await bringChanges(building);
  await requireUndamaged(building);
  await rm(scratch(building), { recursive: true, force: true });
  await requireFilm(building);
}

/** What was received before it has its place; in `.git`, where no film has files. */
function scratch({ git }: Building): string {
  return join(git.root, '.git', 'auteur-unpack');
}

async function take(building: Building, { name, writeTo }: ArchivedFile): Promise<void> {
  const { file, git, objects, changes, hashes } = building;
  if (name === archiveBundleName) {
    await writeTo(join(scratch(building), archiveBundleName));
  } else if (name.startsWith(archiveLfsFolder)) {
    const oid = name.slice(archiveLfsFolder.length);
    if (!/^[0-9a-f]{64}$/.test(oid)) throw invalid(file, `${name} is no LFS object`);
    const { sha256 } = await writeTo(objectFile(join(git.root, '.git', 'lfs', 'objects'), oid));
    if (sha256 !== oid) throw invalid(file, `${name} was damaged`);
    objects.add(oid);
  } else if (name.startsWith(archiveChangesFolder)) {
    const path = name.slice(archiveChangesFolder.length);
    requirePortable([path]);
    if (!isOfTheFilm(path)) throw new AuteurError('path-outside', { path });
    const { sha256 } = await writeTo(join(scratch(building), String(changes.length)));
    changes.push(path);
    hashes.set(path, sha256);
  } else {
    throw invalid(file, `it holds ${name}, which belongs to no film`);
  }
}

/** What Git says against an archive is a reason to refuse it. */
async function checked(building: Building, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const [reason = ''] = error.output.split('\n');
    throw invalid(building.file, reason, error);
  }
}

async function fetchHistory(building: Building): Promise<void> {
  const { git, manifest } = building;
  const bundle = join(scratch(building), archiveBundleName);
  const refs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*', '+HEAD:refs/auteur/packed'];
  const strict = ['-c', 'transfer.fsckObjects=true'];
  await git.run([
    ...strict,
    'fetch',
    '--quiet',
    '--update-head-ok',
    '--no-write-fetch-head',
    bundle,
    ...refs,
  ]);
  await git.run(['check-ref-format', '--branch', manifest.branch]);
  await git.run(['update-ref', `refs/heads/${manifest.branch}`, manifest.head]);
  await git.run(['symbolic-ref', 'HEAD', `refs/heads/${manifest.branch}`]);
  await git.run(['update-ref', '-d', 'refs/auteur/packed']);
}

async function checkOut({ file, git, manifest, objects, changes }: Building): Promise<void> {
  const { head, deleted } = manifest;
  const tree = await treeOf(git, head);
  requirePortable(tree);
  const gone = new Set(deleted);
  requirePortable(new Set([...tree.filter((path) => !gone.has(path)), ...changes]));
  for (const oid of await lfsObjectsOf(git, head)) {
    if (!objects.has(oid)) throw invalid(file, `the media ${oid} is not in it`);
  }
  await git.run(['reset', '--quiet', '--hard', head]);
  // Where the user has set that media are not written at a checkout.
  await git.run(['lfs', 'checkout']);
}

async function bringChanges(building: Building): Promise<void> {
  const { git, manifest, changes } = building;
  requirePortable(manifest.deleted);
  for (const path of manifest.deleted) await rm(join(git.root, path), { force: true });
  for (const [index, path] of changes.entries()) {
    const parts = dirname(path) === '.' ? [] : dirname(path).split('/');
    await makeOwnFolder(git.root, ...parts);
    await rename(join(scratch(building), String(index)), join(git.root, path));
  }
}

async function requireUndamaged({ file, git, changes, hashes }: Building): Promise<void> {
  const path = await changedMedia(git.root, changes, async (one) => hashes.get(one));
  if (path !== undefined) throw invalid(file, `${archiveChangesFolder}${path} was damaged`);
}

async function requireFilm({ file, git, manifest }: Building): Promise<void> {
  if (!(await isProjectFolder(git.root))) throw invalid(file, `it lacks project.json or ${markerFile}`);
  const { value } = await readProject(git.root).catch((error: unknown) => {
    throw AuteurError.is(error) ? invalid(file, error.message, error) : error;
  });
  if (value.id !== manifest.project.id || value.name !== manifest.project.name)
    throw invalid(file, 'its parts do not belong together');
}
