import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { AuteurError } from '../../core/errors.ts';
import { jsonOf } from '../jsonOf.ts';

const Config = z.object({ currentContext: z.string().default('') });

/** What `docker context create` writes. */
const Meta = z.object({
  Endpoints: z.object({ docker: z.object({ Host: z.string(), SkipTLSVerify: z.boolean().default(false) }) }),
});

/** Where an engine is, as the user has told the command `docker`. */
interface DockerContext {
  readonly host: string;
  /** Where its certificates are; absent where it needs none. */
  readonly certificates: string | undefined;
  readonly verify: boolean;
}

/** The folder in which Docker keeps what it knows of its user. */
export function dockerFolder(env: NodeJS.ProcessEnv): string {
  const named = env['DOCKER_CONFIG'] ?? '';
  return named === '' ? join(homedir(), '.docker') : named;
}

/**
 * The context in use, by `DOCKER_CONTEXT` or `docker context use`; undefined where it is the usual one.
 * @throws AuteurError `engine-context-missing`
 */
export function dockerContext(env: NodeJS.ProcessEnv): DockerContext | undefined {
  const folder = dockerFolder(env);
  const named = env['DOCKER_CONTEXT'] ?? '';
  const name = named === '' ? currentContext(folder) : named;
  if (name === '' || name === 'default') return undefined;
  const key = createHash('sha256').update(name).digest('hex');
  const meta = Meta.safeParse(readJson(join(folder, 'contexts', 'meta', key, 'meta.json')));
  if (!meta.success) throw new AuteurError('engine-context-missing', { name });
  const { Host: host, SkipTLSVerify: skips } = meta.data.Endpoints.docker;
  const tls = join(folder, 'contexts', 'tls', key, 'docker');
  return { host, certificates: existsSync(tls) ? tls : undefined, verify: !skips };
}

/** One that cannot be read names none, as for Docker itself. */
function currentContext(folder: string): string {
  const config = Config.safeParse(readJson(join(folder, 'config.json')));
  return config.success ? config.data.currentContext : '';
}

/** Undefined where there is none. */
function readJson(file: string): unknown {
  return existsSync(file) ? jsonOf(readFileSync(file, 'utf8')) : undefined;
}
