import { access, constants, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { legible } from '../../core/domain/legible.ts';
import { folderKey, folderNames, isAcceptableName } from '../../core/domain/names.ts';
import { systemCode } from '../../core/errors.ts';
import { expandHome } from '../../core/storage/locate.ts';
import type { ProjectSummary } from '../../core/protocol/views.ts';
import { plainLabel, plainMessage } from '../../providers/plainText.ts';
import type { Translate } from '../../providers/translate.ts';
import type { Checked } from './checked.ts';

/** Where a project is to be made, and the names of those that are there. */
export interface ProjectPlace {
  readonly workspace: string;
  readonly taken: readonly Pick<ProjectSummary, 'name' | 'root'>[];
}

/** What is wrong with a name, or which folder it becomes. */
export function checkName(t: Translate, name: string, place: ProjectPlace): Checked {
  if (name === '') return { problem: t('Give the film a name.') };
  if (!isAcceptableName(name)) {
    return {
      problem: t('A name has 1 to 200 characters on one line, and at least one of them can be seen.'),
    };
  }
  if (place.taken.some((other) => other.name === name))
    return { problem: t('There is a film of that name already.') };
  const folder = path.join(place.workspace, 'Projects', freeFolder(name, place));
  return { hint: t('It becomes the folder {folder}', { folder: tildify(folder) }) };
}

function freeFolder(name: string, { taken }: ProjectPlace): string {
  const keys = new Set(taken.map(({ root }) => folderKey(path.basename(root))));
  const folders = folderNames(name);
  for (;;) {
    const folder = folders.next().value;
    if (!keys.has(folderKey(folder))) return folder;
  }
}

/** The folder as one would type it, to be shown in a list or beside an input. */
export function tildify(folder: string): string {
  const home = homedir() + path.sep;
  const short = folder.startsWith(home) ? path.join('~', folder.slice(home.length)) : folder;
  return plainMessage(plainLabel(legible(short)));
}

/** A workspace is a folder that can be written to, or can be made. */
export async function checkWorkspace(t: Translate, typed: string): Promise<Checked> {
  const named = typed.trim();
  if (!path.isAbsolute(named) && !/^~($|[/\\])/.test(named))
    return { problem: t('Give a full path, or one that starts with ~.') };
  const folder = expandHome(named);
  for (let at = folder; ; at = path.dirname(at)) {
    const found = await writable(at);
    if (found === undefined && path.dirname(at) !== at) continue;
    if (found !== true)
      return { problem: t('{folder} is no folder that can be written to.', { folder: tildify(at) }) };
    return at === folder ? {} : { hint: t('The folder {folder} will be made.', { folder: tildify(folder) }) };
  }
}

/** Whether it is a folder one may write to; undefined where it is not there. */
async function writable(folder: string): Promise<boolean | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) return false;
    await access(folder, constants.W_OK);
    return true;
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? undefined : false;
  }
}
