import process from 'node:process';

// Meant for this process alone: a hook of Git's that starts an editor would get a bare Node.
delete process.env['ELECTRON_RUN_AS_NODE'];

/** The environment of a child that is run by this process's own program, which may be VS Code's Electron. */
export function nodeEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const electron = process.versions['electron'] !== undefined;
  return { ...process.env, ...own, ...(electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) };
}
