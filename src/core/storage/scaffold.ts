import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { folderKey, folderNames, isAcceptableName } from '../domain/names.ts';
import { newProject } from '../domain/newProject.ts';
import { AuteurError, systemCode, unexpected } from '../errors.ts';
import { jsonSchemas, projectSchemaFiles } from '../model/jsonSchemas.ts';
import type { NewProject } from '../ports/studio.ts';
import { syncFolder, writeFileDurably } from './atomicFile.ts';
import { hookSilenceMs } from './commit.ts';
import { Git, GitFailure } from './git.ts';
import { gitAttributes, gitIgnore, libraryFolders, projectFolders } from './gitTemplates.ts';
import { requireGitTools } from './gitTools.ts';
import { formatJson, readOwnJsonFile } from './jsonFile.ts';
import { buildingPrefix, isThere, nearestFolder, readFolder } from './locate.ts';
import { withLockFile } from './projectLock.ts';
import { findStructure } from './templates.ts';

const abandonedMs = 3_600_000;

/**
 * Makes a project: folders, manifest, schemas, Git with LFS, first commit. It appears whole or not at all.
 * @returns the absolute path of its folder
 * @throws AuteurError `project-name-invalid`, `structure-unknown`, `folder-exists`, `workspace-unusable`,
 *   `git-missing`, `lfs-missing`, `git-identity-missing`
 */
export async function createProjectFolder(request: NewProject): Promise<string> {
  if (!isAcceptableName(request.name)) throw new AuteurError('project-name-invalid');
  const { template } = await findStructure(request.workspace, request.structure);
  const manifest = formatJson(newProject({ ...request, templates: [template], now: new Date() }));
  // Git can be asked before the workspace is made.
  await requireGitTools(await nearestFolder(request.workspace));
  await makeWorkspace(request.workspace);
  const expected = await freeFolder(request);
  await removeAbandoned(request.workspace);
  const parent = join(request.workspace, 'Projects');
  const building = join(parent, `${buildingPrefix}${randomUUID()}`);
  let target = expected;
  try {
    await writeProjectFiles(building, manifest);
    await initRepository(building, expected);
    // Another process may have made a film of a like name meanwhile, which only a disk that knows case tells apart.
    await withLockFile(parent, join(parent, `${buildingPrefix}lock`), async () => {
      target = await freeFolder(request);
      await rename(building, target);
    });
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? ''))
      throw new AuteurError('folder-exists', { path: target });
    throw unexpected(error);
  }
  await syncFolder(parent);
  return target;
}

async function makeWorkspace(workspace: string): Promise<void> {
  try {
    await mkdir(join(workspace, 'Projects'), { recursive: true });
    for (const folder of libraryFolders) await mkdir(join(workspace, 'Library', folder), { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AuteurError('workspace-unusable', { path: workspace, reason }, { cause: error });
  }
}

/** What a process that was killed while it made a project has left. */
async function removeAbandoned(workspace: string): Promise<void> {
  const parent = join(workspace, 'Projects');
  for (const name of (await readFolder(parent)).filter((one) => one.startsWith(buildingPrefix))) {
    const path = join(parent, name);
    if (await isAbandoned(path)) await rm(path, { recursive: true, force: true });
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > abandonedMs;
  } catch (error) {
    // Its maker has just finished, or somebody else has tidied up.
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** The same name twice is refused. */
async function freeFolder({ workspace, name }: NewProject): Promise<string> {
  const taken = new Map(
    (await readFolder(join(workspace, 'Projects'))).map((folder) => [folderKey(folder), folder]),
  );
  const folders = folderNames(name);
  for (;;) {
    const folder = folders.next().value;
    const existing = taken.get(folderKey(folder));
    if (existing === undefined) return join(workspace, 'Projects', folder);
    const path = join(workspace, 'Projects', existing);
    if ((await nameOfProject(path)) === name || !(await isThere(join(path, 'project.json')))) {
      throw new AuteurError('folder-exists', { path });
    }
  }
}

async function nameOfProject(folder: string): Promise<string | undefined> {
  try {
    return (await readOwnJsonFile(join(folder, 'project.json'), z.object({ name: z.string() }))).value.name;
  } catch (error) {
    if (AuteurError.is(error, 'file-unreadable')) return undefined;
    throw error;
  }
}

async function writeProjectFiles(root: string, manifest: string): Promise<void> {
  for (const folder of projectFolders) {
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, '.gitkeep'), '');
  }
  await mkdir(join(root, '.auteur'), { recursive: true });
  const schemas = jsonSchemas();
  for (const name of projectSchemaFiles) await writeFile(join(root, '.auteur', name), schemas[name]);
  await writeFile(join(root, '.gitattributes'), gitAttributes());
  await writeFile(join(root, '.gitignore'), gitIgnore);
  await writeFileDurably(join(root, 'project.json'), manifest);
}

async function initRepository(root: string, target: string): Promise<void> {
  const git = new Git(root);
  try {
    const branch = (await git.query(['config', 'init.defaultBranch']))?.trim();
    await git.run([
      'init',
      '--quiet',
      `--initial-branch=${branch === undefined || branch === '' ? 'main' : branch}`,
    ]);
    await installLfs(git);
    await git.run(['add', '--all']);
    await git.commit(['--quiet', '--message', 'Begin the project'], { silenceMs: hookSilenceMs });
  } catch (error) {
    const reason = error instanceof GitFailure ? error.output : gitReason(error);
    if (reason === undefined) throw error;
    throw new AuteurError('project-not-made', { path: target, reason }, { cause: error });
  }
}

/** By itself, `git lfs install` writes its hooks where `core.hooksPath` points: into the user's own folder. */
async function installLfs(git: Git): Promise<void> {
  await git.run(['lfs', 'install', '--local', '--skip-repo']);
  const hooks = join(git.root, '.git', 'hooks');
  await mkdir(hooks, { recursive: true });
  // A hook from the user's own template stays; "auteur doctor" tells when it does not call Git LFS.
  await git.query(['-c', `core.hooksPath=${hooks}`, 'lfs', 'update']);
}

function gitReason(error: unknown): string | undefined {
  return AuteurError.is(error, 'git-failed') ? String(error.data['reason']) : undefined;
}
