import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuteurError, toFailure } from '../../core/errors.ts';

/** How an engine and we know each other, in the words of Node's TLS. */
export interface Certificates {
  /** Whose word counts for the engine; absent where it is the machine's own. */
  readonly ca?: string;
  /** Who we are, where the engine wants to know. */
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized: boolean;
}

/**
 * Those of a folder as `DOCKER_CERT_PATH` names it: `ca.pem`, `cert.pem`, `key.pem`.
 * @param isNamed whether the user says that they are there
 * @throws AuteurError `engine-certificate-missing`
 */
export function readCertificates(folder: string, verify: boolean, isNamed: boolean): Certificates {
  const read = (name: string, isNeeded: boolean): string | undefined => {
    const file = join(folder, name);
    if (!isNeeded && !existsSync(file)) return undefined;
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      const reason = toFailure(error).message;
      throw new AuteurError('engine-certificate-missing', { file, reason }, { cause: error });
    }
  };
  const hasOne = existsSync(join(folder, 'cert.pem')) || existsSync(join(folder, 'key.pem'));
  const ca = read('ca.pem', isNamed && verify);
  const cert = read('cert.pem', hasOne);
  const key = read('key.pem', hasOne);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    rejectUnauthorized: verify,
  };
}
