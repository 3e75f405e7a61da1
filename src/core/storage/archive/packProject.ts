import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { packTar, type TarSource } from 'modern-tar/fs';
import { AuteurError, systemCode } from '../../errors.ts';
import { moveExclusively, syncFile } from '../atomicFile.ts';
import { requireNoOperation } from '../commit.ts';
import { Git } from '../git.ts';
import { lfsVersion } from '../gitTools.ts';
import { formatJson } from '../jsonFile.ts';
import { objectFile, objectFolder } from '../lfs.ts';
import { requireStockLfs } from '../lfsFilters.ts';
import { isThere } from '../locate.ts';
import { readProject } from '../projectFiles.ts';
import { writingInto } from '../readOnlyFilm.ts';
import { sha256Of } from '../sha256.ts';
import { requireWanted, type Watch } from '../watch.ts';
import { isFile, isOfTheFilm, requirePortable, splitNames } from '../wholeProject/workTree.ts';
import {
  archiveBundleName,
  archiveChangesFolder,
  archiveFormat,
  archiveLfsFolder,
  archiveManifestName,
  type ArchiveManifest,
} from './archiveFile.ts';
import { changedMedia } from './changedMedia.ts';
import { lfsObjectsOf, treeOf } from './treeOf.ts';

export interface Packed {
  readonly path: string;
  readonly bytes: number;
}

interface PackedFile {
  readonly target: string;
  readonly source: string;
}

/**
 * Writes one archive of a film: its history, the LFS objects of the last commit, and what is not committed yet.
 * It appears whole or not at all, and never in place of another file.
 * @throws AuteurError `file-exists`, `folder-missing`, `media-not-here`, `media-not-recorded`, `film-holds-link`,
 *   `paths-clash`, `path-not-portable`, `git-busy`, `history-shallow`, `film-read-only`, `work-cancelled`
 */
export async function packProject(root: string, file: string, watch: Watch): Promise<Packed> {
  const path = resolve(file);
  if (await isThere(path)) throw new AuteurError('file-exists', { path });
  await requireFolder(dirname(path));
  const git = new Git(root);
  const manifest = await manifestOf(git);
  const changes = await changesOf(git, manifest.head);
  const gone = new Set(changes.deleted);
  const kept = (await treeOf(git, manifest.head)).filter((one) => !gone.has(one));
  requirePortable(new Set([...kept, ...changes.there]));
  const media = await objectsOf(git, manifest.head);
  await requireRecorded(root, changes.there, watch);
  const temporary = join(dirname(path), `.pack-${randomUUID()}.tmp`);
  try {
    await writeBundle(git, `${temporary}.bundle`, watch);
    const text = formatJson({ ...manifest, deleted: [...changes.deleted] } satisfies ArchiveManifest);
    const files = [
      { target: archiveBundleName, source: `${temporary}.bundle` },
      ...media.map(({ oid, source }) => ({ target: `${archiveLfsFolder}${oid}`, source })),
      ...changes.there.map((one) => ({ target: `${archiveChangesFolder}${one}`, source: join(root, one) })),
    ];
    const bytes = await writeArchive(temporary, text, files, watch);
    await syncFile(temporary);
    await nameArchive(temporary, path);
    return { path, bytes };
  } finally {
    for (const one of [temporary, `${temporary}.bundle`]) await rm(one, { force: true });
  }
}

async function requireFolder(path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) return;
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) throw error;
  }
  throw new AuteurError('folder-missing', { path });
}

async function manifestOf(git: Git): Promise<Omit<ArchiveManifest, 'deleted'>> {
  const { value: project } = await readProject(git.root);
  await git.requireRepository();
  await requireNoOperation(git);
  await requireStockLfs(git);
  await lfsVersion(git.root);
  if ((await git.run(['rev-parse', '--is-shallow-repository'])).trim() === 'true')
    throw new AuteurError('history-shallow', { root: git.root });
  const head = (await git.query(['rev-parse', '--verify', '--quiet', 'HEAD']))?.trim();
  if (head === undefined) throw new AuteurError('nothing-committed', { root: git.root });
  const branch = (await git.query(['symbolic-ref', '--quiet', '--short', 'HEAD']))?.trim();
  return {
    format: archiveFormat,
    project: { id: project.id, name: project.name },
    head,
    branch: branch ?? 'main',
  };
}

interface Changes {
  readonly there: readonly string[];
  readonly deleted: readonly string[];
}

/** What differs from the last commit, staged or not, and what Git does not know yet. */
async function changesOf(git: Git, head: string): Promise<Changes> {
  const diff = ['diff', '--name-only', '--no-renames', '--no-ext-diff', '--no-textconv', '-z', head];
  const changed = splitNames(await writingInto(git.root, () => git.run(diff)));
  const unknown = splitNames(await git.run(['ls-files', '--others', '--exclude-standard', '-z']));
  const there: string[] = [];
  const deleted: string[] = [];
  for (const path of [...changed, ...unknown].filter(isOfTheFilm))
    ((await isFile(git.root, path)) ? there : deleted).push(path);
  return { there, deleted };
}

/** What it is not could not be told from damage where it is unpacked. */
async function requireRecorded(root: string, paths: readonly string[], watch: Watch): Promise<void> {
  watch.tell({ step: 'reading' });
  try {
    const path = await changedMedia(root, paths, (one) => sha256Of(join(root, one), watch.signal));
    if (path !== undefined) throw new AuteurError('media-not-recorded', { path });
  } catch (error) {
    requireWanted(watch);
    throw error;
  }
}

async function objectsOf(git: Git, head: string): Promise<readonly { oid: string; source: string }[]> {
  const folder = await objectFolder(git);
  const objects = [...(await lfsObjectsOf(git, head))].map((oid) => ({
    oid,
    source: objectFile(folder, oid),
  }));
  for (const { oid, source } of objects) {
    if (!(await isThere(source)))
      throw new AuteurError('media-not-here', { path: await nameOf(git, head, oid) });
  }
  return objects;
}

async function nameOf(git: Git, head: string, oid: string): Promise<string> {
  const lines = (await git.run(['lfs', 'ls-files', '--long', head])).split('\n');
  return lines.find((line) => line.startsWith(oid))?.slice(oid.length + 3) ?? oid;
}

async function writeBundle(git: Git, bundle: string, watch: Watch): Promise<void> {
  requireWanted(watch);
  watch.tell({ step: 'reading' });
  await git.run(['bundle', 'create', '--quiet', bundle, 'HEAD', '--branches', '--tags']);
  requireWanted(watch);
}

async function writeArchive(
  temporary: string,
  manifest: string,
  files: readonly PackedFile[],
  watch: Watch,
): Promise<number> {
  const sources: TarSource[] = [
    { type: 'content', content: manifest, target: archiveManifestName, mode: 0o644 },
  ];
  let total = 0;
  for (const { target, source } of files) {
    const { size, nlink } = await lstat(source);
    total += size;
    const common = { target, mode: 0o644, uid: 0, gid: 0 };
    // Of two names of one file the archive would hold a link.
    sources.push(
      nlink > 1
        ? { ...common, type: 'stream', content: createReadStream(source), size }
        : { ...common, type: 'file', source },
    );
  }
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      watch.tell({ step: 'packing', done: Math.min(bytes, total), total });
      done(undefined, chunk);
    },
  });
  try {
    const target = createWriteStream(temporary, { flags: 'wx' });
    await pipeline(packTar(sources), counting, target, { signal: watch.signal });
  } catch (error) {
    requireWanted(watch);
    throw error;
  }
  return bytes;
}

async function nameArchive(temporary: string, path: string): Promise<void> {
  try {
    await moveExclusively(temporary, path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    throw new AuteurError('file-exists', { path }, { cause: error });
  }
}
