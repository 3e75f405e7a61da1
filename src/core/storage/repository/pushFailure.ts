import { AuteurError, type ErrorCode } from '../../errors.ts';
import type { GitFailure } from '../git.ts';

/** Git tells these apart in words alone, which it says in English where it is asked to. */
const known: readonly (readonly [said: RegExp, code: ErrorCode])[] = [
  [/\[rejected\]|non-fast-forward|fetch first/, 'push-rejected'],
  [/\[remote rejected\]|pre-receive hook declined|protected branch/, 'push-declined'],
  [
    /could not read (Username|Password)|Authentication (failed|required)|Permission denied|Invalid credentials|HTTP 40[13]|error: 40[13]|Authorization error|Host key verification failed|terminal prompts disabled/i,
    'push-authentication',
  ],
  [
    /Could not resolve host|Connection (refused|timed out)|Network is unreachable|unable to access|does not appear to be a git repository|Could not read from remote|repository .* not found|no such (host|device)|connect: /i,
    'push-unreachable',
  ],
];

/** What went wrong between this machine and a remote, as a failure of the catalogue. */
export function remoteFailure(
  error: GitFailure,
  about: { remote: string; branch: string; root: string },
): AuteurError {
  const code = known.find(([said]) => said.test(error.output))?.[1] ?? 'push-failed';
  return new AuteurError(code, { ...about, reason: reasonOf(error.output) }, { cause: error });
}

/** Git LFS and Git speak of different servers: the remote may take commits and know nothing of LFS. */
export function lfsFailure(
  error: GitFailure,
  about: { remote: string; branch: string; root: string },
): AuteurError {
  const failure = remoteFailure(error, about);
  if (failure.code === 'push-authentication') return failure;
  return new AuteurError('push-lfs', { ...about, reason: reasonOf(error.output) }, { cause: error });
}

/** The first line that says something, without the word in front of it. */
function reasonOf(output: string): string {
  const lines = output.split(/[\r\n]+/).map((line) => line.trim());
  const telling = lines.filter((line) => /^(fatal|error|remote|batch|LFS|ssh|!)|rejected|denied/i.test(line));
  const line = telling[0] ?? lines.find((one) => one !== '') ?? 'it did not say why';
  return line.replace(/^(fatal|error|remote):\s*/i, '').slice(0, 300);
}
