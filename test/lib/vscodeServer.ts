import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeServerScript, vscodeServerProgram, type VscodeRelease } from './paths.ts';
import { ServerProcess } from './serverProcess.ts';

/** Pairs as the workbench reads them from its address, for instance `['extensionTestsPath', …]`. */
export type Payload = readonly (readonly [key: string, value: string])[];

export interface VscodeServerOptions {
  env: NodeJS.ProcessEnv;
  /** The newest where none is named. */
  release?: VscodeRelease;
  /** Keeps settings and window state between runs; without it they live in a temporary folder. */
  stateFolder?: string;
  logFile?: string;
  port?: number;
  /** Trust is off unless asked for, so that no dialog stands in the way of a test. */
  workspaceTrust?: boolean;
}

/** A real VS Code, served to a browser on this machine only. */
export interface VscodeServer {
  readonly port: number;
  /** The address of the workbench on a folder; null is a window without one. */
  url(folder: string | null, payload?: Payload): string;
  /** The address of a path of this machine, as payload values want it. */
  remotePath(path: string): string;
  output(): string;
  /** Settles when the server ends by itself. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** Starts VS Code's own server, which loads an extension or a test run from a folder through the payload. */
export async function startVscodeServer(options: VscodeServerOptions): Promise<VscodeServer> {
  return start(options, (folder) =>
    ServerProcess.start({
      ...vscodeServerProgram(options.release ?? 'newest'),
      args: serverArguments(options, folder),
      env: options.env,
      ready: /Extension host agent listening on (\d+)/,
      logFile: options.logFile,
    }),
  );
}

/** Starts code-server, which (unlike the above) runs extensions that were installed from a .vsix. */
export async function startCodeServer(
  options: VscodeServerOptions & { vsix: string },
): Promise<VscodeServer> {
  return start(options, async (folder) => {
    const args = codeServerArguments(options, folder);
    const script = codeServerScript();
    await installVsix({ script, args, env: options.env, vsix: options.vsix });
    return ServerProcess.start({
      script,
      args,
      env: options.env,
      ready: /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/,
      logFile: options.logFile,
    });
  });
}

async function start(
  options: VscodeServerOptions,
  launch: (stateFolder: string) => Promise<{ server: ServerProcess; port: number }>,
): Promise<VscodeServer> {
  const temporary = options.stateFolder === undefined;
  const folder = options.stateFolder ?? (await mkdtemp(join(tmpdir(), 'auteur-vscode-')));
  const clean = () => (temporary ? rm(folder, { recursive: true, force: true, maxRetries: 5 }) : undefined);
  try {
    const { server, port } = await launch(folder);
    return describe(server, port, clean);
  } catch (error) {
    await clean();
    throw error;
  }
}

function describe(server: ServerProcess, port: number, clean: () => Promise<void> | undefined): VscodeServer {
  return {
    port,
    url: (folder, payload) => workbenchUrl(port, folder, payload),
    remotePath: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
    output: () => server.output,
    exited: server.exited,
    stop: async () => {
      await server.stop();
      await clean();
    },
  };
}

function workbenchUrl(port: number, folder: string | null, payload: Payload = []): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (folder === null) url.searchParams.set('ew', 'true');
  else url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

function serverArguments(
  { port = 0, workspaceTrust = false }: VscodeServerOptions,
  folder: string,
): string[] {
  return [
    '--accept-server-license-terms',
    '--without-connection-token',
    ...['--host', '127.0.0.1'],
    ...['--port', String(port)],
    // Without this flag the workbench ignores the payload and says nothing.
    '--enable-smoke-test-driver',
    ...['--telemetry-level', 'off'],
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...['--user-data-dir', join(folder, 'user')],
    ...['--extensions-dir', join(folder, 'extensions')],
    ...['--server-data-dir', join(folder, 'server')],
  ];
}

function codeServerArguments(options: VscodeServerOptions, folder: string): string[] {
  return [
    ...['--auth', 'none'],
    ...['--bind-addr', `127.0.0.1:${options.port ?? 0}`],
    '--disable-telemetry',
    '--disable-update-check',
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...['--config', join(folder, 'config.yaml')],
    ...['--user-data-dir', join(folder, 'user')],
    ...['--extensions-dir', join(folder, 'extensions')],
  ];
}

interface Installation {
  script: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  vsix: string;
}

async function installVsix({ script, args, env, vsix }: Installation): Promise<void> {
  await promisify(execFile)(process.execPath, [script, ...args, '--install-extension', vsix], { env });
}
