import { access, constants, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemCode } from '../../core/errors.ts';
import type { Git } from '../../core/storage/git.ts';
import { kindOf } from '../../core/storage/ownFolder.ts';
import { failed, fine, warning, type Finding } from './check.ts';
import { commandLine, gitIn } from './commands.ts';

/** What `git lfs install` puts there. Only the first uploads takes; the others keep locked files read-only. */
const lfsHooks = ['pre-push', 'post-checkout', 'post-commit', 'post-merge'] as const;

type State = 'missing' | 'no-file' | 'without-lfs' | 'not-executable' | 'calls-lfs';

interface Hook {
  readonly name: string;
  readonly path: string;
  readonly state: State;
  /** As Git LFS writes it, so that it may write it anew. */
  readonly stock: boolean;
}

/** Git runs the hooks of `core.hooksPath` instead of the project's, and only a hook uploads media on a push. */
export async function hookFinding(git: Git): Promise<Finding> {
  const printed = (await git.run(['rev-parse', '--git-path', 'hooks'])).trimEnd();
  const folder = resolve(git.root, printed);
  const elsewhere = (await git.query(['config', '--get', 'core.hooksPath']))?.trim();
  const place = elsewhere === undefined || elsewhere === '' ? '' : ` (core.hooksPath is ${elsewhere})`;
  if (!['folder', 'link', 'nothing'].includes(await kindOf(folder))) {
    const detail = `${folder} is no folder${place}, so no hook runs and a push leaves takes behind`;
    return failed(detail, 'Set core.hooksPath to a folder, or unset it, then check again.');
  }
  const hooks = await Promise.all(lfsHooks.map((name) => lookAt(name, join(folder, name))));
  const [push, ...others] = hooks;
  if (push !== undefined && push.state !== 'calls-lfs') {
    const detail = `${whatIsWrong(push)}${place}, so a push leaves takes behind`;
    return failed(detail, hintFor(push), mend(git, push, hooks));
  }
  const wrong = others.find(({ state }) => state !== 'calls-lfs');
  if (wrong === undefined) return fine(`the pre-push hook calls Git LFS${place}`);
  const detail = `${whatIsWrong(wrong)}${place}, so locked files may be changed unawares`;
  return warning(detail, hintFor(wrong), mend(git, wrong, hooks));
}

async function lookAt(name: string, path: string): Promise<Hook> {
  const kind = await hookKind(path);
  if (kind !== 'file') return { name, path, state: kind, stock: false };
  const text = await readFile(path, 'utf8');
  if (!callsLfs(text, name)) return { name, path, state: 'without-lfs', stock: false };
  const state = (await isExecutable(path)) ? 'calls-lfs' : 'not-executable';
  return { name, path, state, stock: isStock(text, name) };
}

/** Follows links, as Git does. To open a pipe would be to wait for whoever writes into it. */
async function hookKind(path: string): Promise<'missing' | 'no-file' | 'file'> {
  try {
    return (await stat(path)).isFile() ? 'file' : 'no-file';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return 'missing';
    if (systemCode(error) === 'ELOOP') return 'no-file';
    throw error;
  }
}

/**
 * Whether a line that runs has the call: no comment, no message, none after the script has ended.
 * It can be fooled: what a hook does is known only by running it.
 */
function callsLfs(text: string, name: string): boolean {
  // As words of a shell, or in another language as strings of a list.
  const call = new RegExp(`\\bgit\\b\\W+lfs\\W+${name}\\b`);
  for (const written of text.split(/\r?\n/)) {
    const line = written.replace(/(^|\s)#.*$/, '');
    if (call.test(line) && !/^\s*(echo|printf|print)\b/.test(line)) return true;
    if (/^(exit|exec)\b/.test(line)) return false;
  }
  return false;
}

function isStock(text: string, name: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(#|$)/.test(line));
  const call = lines.pop();
  return (
    call === `git lfs ${name} "$@"` &&
    lines.length < 2 &&
    lines.every((line) => /^command -v git-lfs /.test(line))
  );
}

/** Windows knows no such mark: Git runs a hook there whatever its mode. */
async function isExecutable(path: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  try {
    await access(path, constants.X_OK);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EACCES') return false;
    throw error;
  }
}

function whatIsWrong({ name, path, state }: Hook): string {
  if (state === 'missing') return `there is no ${name} hook`;
  if (state === 'no-file') return `${path} is no file`;
  return state === 'not-executable' ? `${path} is not executable` : `${path} does not call Git LFS`;
}

function hintFor({ name, state }: Hook): string {
  if (state === 'missing') return `Put one there that runs: git lfs ${name} "$@"`;
  if (state === 'no-file') return 'Move it away, then check again.';
  if (state === 'not-executable') return 'Make it executable.';
  // A line at its end may never be reached, and Git tells a hook only once what is pushed.
  const order =
    name === 'pre-push'
      ? 'Let it call Git LFS before anything reads standard input; where it reads that itself, it has to save it and give it to both.'
      : 'Let it call Git LFS.';
  return `${order} As the first command of a shell script: git lfs ${name} "$@" || exit`;
}

/** What is in another's hook only its owner can say: nothing is pasted into it. */
function mend(git: Git, { path, state }: Hook, all: readonly Hook[]): string | undefined {
  if (state === 'not-executable') return commandLine(['chmod', '+x', path]);
  if (state !== 'missing') return undefined;
  // It writes all of them, or none where it finds one that it does not know.
  const free = all.every((hook) => hook.state === 'missing' || hook.stock);
  return free ? gitIn(git.root, 'lfs', 'update') : undefined;
}
