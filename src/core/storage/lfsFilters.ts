import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AuteurError } from '../errors.ts';
import type { Git } from './git.ts';
import { kindOf } from './ownFolder.ts';

/** What `git lfs install` writes; `--skip` leaves the download of media for later. */
const stock: Readonly<Record<string, RegExp>> = {
  clean: /^clean -- %f$/,
  smudge: /^smudge (--skip )?-- %f$/,
  process: /^filter-process( --skip)?$/,
};

interface FilterSetting {
  readonly scope: string;
  readonly file: string;
  readonly name: string;
  readonly value: string;
}

/** Repositories that were found in order, with the text of their own settings: the same text needs no second look. */
const inOrder = new Map<string, string>();

/**
 * Git runs whatever program stands in the settings of the LFS filter, on every file of a take. A repository
 * that was copied brings its own settings: only Git LFS itself may stand there.
 * @throws AuteurError `lfs-filter-replaced`
 */
export async function requireStockLfs(git: Git): Promise<void> {
  const own = await ownSettings(git);
  if (own !== undefined && inOrder.get(git.root) === own) return;
  const listing = ['config', '--show-scope', '--show-origin', '-z', '--get-regexp'];
  const printed = await git.query([...listing, '^filter\\.lfs\\.(clean|smudge|process)$']);
  const inEffect = new Map(parse(git.root, printed ?? '').map((setting) => [setting.name, setting]));
  const foreign = [...inEffect.values()].find((setting) => !isStock(setting));
  if (foreign === undefined) {
    if (own !== undefined) inOrder.set(git.root, own);
    return;
  }
  const { file, name, value } = foreign;
  throw new AuteurError('lfs-filter-replaced', { file, name, value, root: git.root });
}

/** Undefined where other files than a repository's own may have their say. */
async function ownSettings(git: Git): Promise<string | undefined> {
  const gitDir = await git.gitDir();
  const names = ['config', 'config.worktree', 'commondir'];
  const [own, ofTree, elsewhere] = await Promise.all(names.map((name) => textOf(join(gitDir, name))));
  const text = `${own ?? ''}\0${ofTree ?? ''}`;
  return elsewhere !== undefined || /include/i.test(text) ? undefined : text;
}

async function textOf(path: string): Promise<string | undefined> {
  return (await kindOf(path)) === 'file' ? readFile(path, 'utf8') : undefined;
}

/** Scope, origin, then name and value with a line feed between them. */
function parse(root: string, printed: string): readonly FilterSetting[] {
  const fields = printed.split('\0');
  const settings: FilterSetting[] = [];
  for (let index = 0; index + 2 < fields.length; index += 3) {
    const [scope = '', origin = '', setting = ''] = fields.slice(index, index + 3);
    const end = setting.indexOf('\n');
    const [name, value] = end === -1 ? [setting, ''] : [setting.slice(0, end), setting.slice(end + 1)];
    settings.push({ scope, file: resolve(root, origin.replace(/^file:/, '')), name, value });
  }
  return settings;
}

function isStock({ scope, name, value }: FilterSetting): boolean {
  const program = /^(?<program>"[^"]+"|\S+) (?<rest>.*)$/s.exec(value)?.groups;
  if (program === undefined) return false;
  const kind = name.split('.').at(-1) ?? '';
  const own = program['program']?.replaceAll('"', '') ?? '';
  // The user's own settings for all repositories may name Git LFS by its path.
  const isLfs = ['local', 'worktree'].includes(scope)
    ? own === 'git-lfs'
    : /(^|[/\\])git-lfs(\.exe)?$/.test(own);
  return isLfs && (stock[kind]?.test(program['rest'] ?? '') ?? false);
}
