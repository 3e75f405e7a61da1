import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A person's machine for one test: an empty home, an empty workspace, a Git identity, nothing of the real user. */
export interface TestHome {
  readonly root: string;
  readonly workspace: string;
  /** Where the queue is. */
  readonly state: string;
  readonly env: NodeJS.ProcessEnv;
  dispose(): Promise<void>;
}

const inherited = ['PATH', 'LANG', 'LC_ALL', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'ComSpec', 'CI'];

export async function createTestHome(): Promise<TestHome> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'auteur-test-')));
  const home = join(root, 'home');
  const workspace = join(root, 'workspace');
  const state = join(root, 'state');
  await Promise.all([home, workspace].map((folder) => mkdir(folder)));
  return {
    root,
    workspace,
    state,
    env: testEnvironment(home, { AUTEUR_HOME: state, AUTEUR_WORKSPACE: workspace }),
    dispose: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function testEnvironment(home: string, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = inherited.map((name) => [name, process.env[name]] as const);
  return {
    ...Object.fromEntries(kept.filter(([, value]) => value !== undefined)),
    HOME: home,
    USERPROFILE: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_AUTHOR_NAME: 'Test Director',
    GIT_AUTHOR_EMAIL: 'director@example.com',
    GIT_COMMITTER_NAME: 'Test Director',
    GIT_COMMITTER_EMAIL: 'director@example.com',
    ...own,
  };
}
