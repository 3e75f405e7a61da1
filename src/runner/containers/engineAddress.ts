import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AuteurError } from '../../core/errors.ts';

/** How the container engine is reached. */
export type EngineAddress =
  | { readonly socketPath: string }
  | { readonly protocol: 'http' | 'https'; readonly host: string; readonly port: number };

const windowsPipe = '//./pipe/docker_engine';

/**
 * The setting, else `DOCKER_HOST`, where one is set; else the first socket that is there: Docker's, rootless Docker's, Docker Desktop's,
 * Podman's. Where there is none, Docker's own, whose absence then says that no engine runs.
 * @throws AuteurError `engine-address-invalid`
 */
export function engineAddress(env: NodeJS.ProcessEnv, setting = ''): EngineAddress {
  const named = setting === '' ? (env['DOCKER_HOST'] ?? '') : setting;
  if (named !== '') return parse(named, (env['DOCKER_TLS_VERIFY'] ?? '') !== '');
  if (process.platform === 'win32') return { socketPath: windowsPipe };
  const [usual = ''] = sockets(env);
  return { socketPath: sockets(env).find((path) => existsSync(path)) ?? usual };
}

/** Whether the engine runs on this machine, as far as its address tells. */
export function isLocal(address: EngineAddress): boolean {
  return 'socketPath' in address;
}

export function addressText(address: EngineAddress): string {
  return 'socketPath' in address
    ? address.socketPath
    : `${address.protocol}://${address.host}:${address.port}`;
}

function sockets(env: NodeJS.ProcessEnv): readonly string[] {
  const runtime = env['XDG_RUNTIME_DIR'] ?? `/run/user/${process.getuid?.() ?? 0}`;
  return [
    '/var/run/docker.sock',
    join(runtime, 'docker.sock'),
    join(homedir(), '.docker', 'run', 'docker.sock'),
    join(runtime, 'podman', 'podman.sock'),
    '/run/podman/podman.sock',
  ];
}

function parse(text: string, secure: boolean): EngineAddress {
  const socket = /^(?:unix|npipe):\/\/(.+)$/.exec(text)?.[1];
  if (socket !== undefined) return { socketPath: socket };
  const url = URL.canParse(text) ? new URL(text.replace(/^tcp:/, secure ? 'https:' : 'http:')) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new AuteurError('engine-address-invalid', { address: text });
  const protocol = url.protocol === 'https:' ? 'https' : 'http';
  const port = url.port === '' ? (protocol === 'https' ? 2376 : 2375) : Number(url.port);
  return { protocol, host: url.hostname, port };
}
