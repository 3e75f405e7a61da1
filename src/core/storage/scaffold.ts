import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAcceptableName } from '../domain/names.ts';
import { newProject } from '../domain/newProject.ts';
import { AuteurError } from '../errors.ts';
import { jsonSchemas, projectSchemaFiles } from '../model/jsonSchemas.ts';
import type { NewProject } from '../ports/studio.ts';
import { writeFileDurably } from './atomicFile.ts';
import { hookSilenceMs } from './commit.ts';
import { Git, GitFailure } from './git.ts';
import { gitAttributes, gitIgnore, projectFolders } from './gitTemplates.ts';
import { requireGitTools } from './gitTools.ts';
import { formatJson } from './jsonFile.ts';
import { nearestFolder } from './locate.ts';
import { placeProject } from './placeProject.ts';
import { findStructure } from './templates.ts';

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
  return placeProject(request, async (building, expected) => {
    await writeProjectFiles(building, manifest);
    await initRepository(building, expected);
  });
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

/** Makes the repository of a film, with a first commit of all that is there. */
export async function initRepository(root: string, target: string): Promise<void> {
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
export async function installLfs(git: Git): Promise<void> {
  await git.run(['lfs', 'install', '--local', '--skip-repo']);
  const hooks = join(git.root, '.git', 'hooks');
  await mkdir(hooks, { recursive: true });
  // A hook from the user's own template stays; "auteur doctor" tells when it does not call Git LFS.
  await git.query(['-c', `core.hooksPath=${hooks}`, 'lfs', 'update']);
}

function gitReason(error: unknown): string | undefined {
  return AuteurError.is(error, 'git-failed') ? String(error.data['reason']) : undefined;
}
