import { access, constants, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemCode } from '../../core/errors.ts';
import type { Git } from '../../core/storage/git.ts';
import { failed, fine, warning, type Finding } from './check.ts';
import { gitIn, quoted } from './commands.ts';

/** What `git lfs install` puts there. Only the first uploads takes; the others keep locked files read-only. */
const lfsHooks = ['pre-push', 'post-checkout', 'post-commit', 'post-merge'] as const;

type State = 'missing' | 'without-lfs' | 'not-executable' | 'right';

interface Hook {
  readonly name: string;
  readonly path: string;
  readonly state: State;
}

/** Git runs the hooks of `core.hooksPath` instead of the project's, and only a hook uploads media on a push. */
export async function hookFinding(git: Git): Promise<Finding> {
  const printed = (await git.run(['rev-parse', '--git-path', 'hooks'])).trim();
  const folder = resolve(git.root, printed);
  const elsewhere = (await git.query(['config', '--get', 'core.hooksPath']))?.trim();
  const hooks = await Promise.all(
    lfsHooks.map(async (name) => ({
      name,
      path: join(folder, name),
      state: await stateOf(join(folder, name)),
    })),
  );
  const [push, ...others] = hooks;
  const place = elsewhere === undefined || elsewhere === '' ? '' : ` (core.hooksPath is ${elsewhere})`;
  if (push !== undefined && push.state !== 'right') {
    return failed(
      `${whatIsWrong(push)}${place}, so a push leaves takes behind`,
      hintFor(push),
      mend(git, push, hooks),
    );
  }
  const wrong = others.find(({ state }) => state !== 'right');
  if (wrong === undefined) return fine(`takes are uploaded when you push${place}`);
  const detail = `${whatIsWrong(wrong)}${place}, so locked files may be changed unawares`;
  return warning(detail, hintFor(wrong), mend(git, wrong, hooks));
}

async function stateOf(path: string): Promise<State> {
  const text = await readIfThere(path);
  if (text === undefined) return 'missing';
  if (!/^[^#\n]*\bgit[ -]lfs\b/m.test(text)) return 'without-lfs';
  return (await isExecutable(path)) ? 'right' : 'not-executable';
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
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
  return state === 'not-executable' ? `${path} is not executable` : `${path} does not call Git LFS`;
}

function hintFor({ state }: Hook): string {
  if (state === 'missing') return 'Put it there.';
  return state === 'not-executable' ? 'Make it executable.' : 'Add the call at its end.';
}

function mend(git: Git, { name, path, state }: Hook, all: readonly Hook[]): string {
  if (state === 'not-executable') return `chmod +x ${quoted(path)}`;
  // It writes all of them, or none where it finds one that it does not know.
  if (all.every((hook) => hook.state === 'missing')) return gitIn(git.root, 'lfs', 'update');
  const lines = `${state === 'missing' ? '#!/bin/sh' : ''}\\ngit lfs ${name} "$@"\\n`;
  return `printf '${lines}' >> ${quoted(path)} && chmod +x ${quoted(path)}`;
}
