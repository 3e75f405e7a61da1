import { AuteurError, systemCode } from '../../core/errors.ts';

/** Nobody listens, or whoever did has gone. */
const offline = new Map([
  ['ENOENT', 'there is no socket'],
  ['ECONNREFUSED', 'nobody listens'],
  ['ECONNRESET', 'the connection was cut'],
  ['EPIPE', 'the connection was cut'],
  ['ETIMEDOUT', 'it did not answer in time'],
  ['EHOSTUNREACH', 'its machine cannot be reached'],
  ['ENETUNREACH', 'its machine cannot be reached'],
  ['ENOTFOUND', 'its machine is not known'],
  ['EAI_AGAIN', 'its machine is not known'],
  // A connection that ended in the middle of an answer.
  ['ERR_STREAM_PREMATURE_CLOSE', 'the connection was cut'],
]);

/** The HTTP status that an engine answered with. */
export function statusCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** An answer that is no good one, as the library throws it. */
export function statusError({ status, body }: { readonly status: number; readonly body: string }): Error {
  return Object.assign(new Error(`it answered ${status}: ${body.trim()}`), { statusCode: status });
}

/** Whether nobody is there who could be asked: what was begun may go on when somebody is. */
export function isEngineAway(error: unknown): boolean {
  return AuteurError.is(error, 'engine-not-running') || AuteurError.is(error, 'engine-hung');
}

/** Whether it does not find what a container is to be given of this machine. */
export function isMissingMount(error: unknown): boolean {
  return AuteurError.is(error, 'engine-refused') && error.cause instanceof Error && saysMissing(error.cause);
}

function saysMissing(cause: Error): boolean {
  return /bind source path does not exist|statfs .*no such file/i.test(saidBy(cause));
}

/** What an engine or the way to it says, in our words. */
export function translated(error: unknown, where: { action: string; address: string }): unknown {
  if (AuteurError.is(error)) return error;
  const { action, address } = where;
  const code = systemCode(error) ?? '';
  if (code === 'EACCES' || code === 'EPERM')
    return new AuteurError('engine-no-permission', { address }, { cause: error });
  const reason = offline.get(code) ?? (hasHungUp(error) ? 'the connection was cut' : undefined);
  if (reason !== undefined)
    return new AuteurError('engine-not-running', { address, reason }, { cause: error });
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code))
    return new AuteurError(
      'engine-untrusted',
      { address, reason: (error as Error).message },
      { cause: error },
    );
  if (statusCode(error) === undefined) return error;
  return refusal(error as Error, action);
}

function refusal(error: Error, action: string): AuteurError {
  const reason = saidBy(error);
  if (/could not select device driver|nvidia-container|no known GPU vendor|CDI device/i.test(reason))
    return new AuteurError('gpu-missing', { reason }, { cause: error });
  return new AuteurError('engine-refused', { action, reason }, { cause: error });
}

/** The words of the engine itself, without those of HTTP around them. */
function saidBy(error: Error): string {
  const json: unknown = 'json' in error ? error.json : undefined;
  if (typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string')
    return json.message.trim();
  return error.message.trim();
}

function hasHungUp(error: unknown): boolean {
  return error instanceof Error && /socket hang up|aborted/.test(error.message);
}
