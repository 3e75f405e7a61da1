import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AuteurError } from '../../core/errors.ts';
import { readCertificates, type Certificates } from './certificates.ts';
import { dockerContext, dockerFolder } from './dockerContext.ts';

/** How the container engine is reached. */
export type EngineAddress =
  | { readonly socketPath: string }
  | ({
      readonly protocol: 'http' | 'https';
      readonly host: string;
      readonly port: number;
    } & Partial<Certificates>);

const windowsPipe = '//./pipe/docker_engine';

/**
 * The setting, else `DOCKER_HOST`, else the context of Docker, where one is set; else the first socket that is there:
 * Docker's, rootless Docker's, Docker Desktop's, Podman's. Where there is none, Docker's own, whose absence then says
 * that no engine runs.
 * @throws AuteurError `engine-address-invalid`, `engine-context-missing`, `engine-certificate-missing`
 */
export function engineAddress(env: NodeJS.ProcessEnv, setting = ''): EngineAddress {
  const named = setting === '' ? (env['DOCKER_HOST'] ?? '') : setting;
  if (named !== '') return parse(named, tlsOf(env));
  const context = dockerContext(env);
  if (context !== undefined) {
    const { host, certificates = '', verify } = context;
    return parse(host, { isWanted: certificates !== '', folder: certificates, isNamed: false, verify });
  }
  if (process.platform === 'win32') return { socketPath: windowsPipe };
  const [usual = ''] = sockets(env);
  return { socketPath: sockets(env).find((path) => existsSync(path)) ?? usual };
}

interface Tls {
  readonly isWanted: boolean;
  /** Where the certificates are, if any. */
  readonly folder: string;
  readonly isNamed: boolean;
  readonly verify: boolean;
}

/** As the command `docker` understands its environment. */
function tlsOf(env: NodeJS.ProcessEnv): Tls {
  const verify = (env['DOCKER_TLS_VERIFY'] ?? '') !== '';
  const unverified = !verify && (env['DOCKER_TLS'] ?? '') !== '';
  const named = env['DOCKER_CERT_PATH'] ?? '';
  const folder = named === '' ? dockerFolder(env) : named;
  return { isWanted: verify || unverified, folder, isNamed: named !== '', verify: !unverified };
}

/** Whether the engine runs on this machine, as far as its address tells. */
export function isLocal(address: EngineAddress): boolean {
  return 'socketPath' in address;
}

export function addressText(address: EngineAddress): string {
  if ('socketPath' in address) return address.socketPath;
  const { protocol, host, port } = address;
  return `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`;
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

function parse(text: string, tls: Tls): EngineAddress {
  const socket = /^(?:unix|npipe):\/\/(.+)$/.exec(text)?.[1];
  if (socket !== undefined) return { socketPath: socket };
  const url = URL.canParse(text)
    ? new URL(text.replace(/^tcp:/, tls.isWanted ? 'https:' : 'http:'))
    : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new AuteurError('engine-address-invalid', { address: text });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A URL leaves out the port that is usual for its protocol, though it was said.
  const { port } = new URL(text.replace(/^https?:/i, 'tcp:'));
  if (url.protocol === 'http:') return { protocol: 'http', host, port: Number(port || 2375) };
  const certificates = readCertificates(tls.folder, tls.verify, tls.isNamed);
  return { protocol: 'https', host, port: Number(port || 2376), ...certificates };
}
