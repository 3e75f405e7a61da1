import { catalogue, type ErrorCode } from './errorCatalogue.ts';
import type { Failure } from './model/job.ts';

export type { ErrorCode } from './errorCatalogue.ts';

export type ErrorData = Readonly<Record<string, string | number>>;

/** The same in every bundle: one may catch what another has thrown. */
const brand = Symbol.for('auteur.error');

/** An error that names what happened and what to do next. Recognise it by its code, never by its words. */
export class AuteurError extends Error {
  override readonly name = 'AuteurError';
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, data: ErrorData = {}, options?: ErrorOptions) {
    super(fill(catalogue[code].message, data), options);
    this.code = code;
    this.data = data;
  }

  get hint(): string {
    return fill(catalogue[this.code].hint, this.data);
  }

  /** With a code: whether the error is that one. */
  static is(error: unknown, code?: ErrorCode): error is AuteurError {
    return isBranded(error) && (code === undefined || error.code === code);
  }
}

function isBranded(error: unknown): error is AuteurError {
  return error instanceof Error && brand in error;
}

/** What a face shows of any error; what is not ours is reported as an unexpected failure. */
export function toFailure(error: unknown): Failure {
  const known = AuteurError.is(error) ? error : unexpected(error);
  return { code: known.code, message: known.message, hint: known.hint };
}

/** Wraps whatever was thrown, keeping the cause. */
export function unexpected(error: unknown): AuteurError {
  if (AuteurError.is(error)) return error;
  const code = systemCode(error);
  const reason = error instanceof Error ? error.message : String(error);
  if (code === 'ENOSPC') return new AuteurError('disk-full', { reason }, { cause: error });
  if (code === 'EIO') return new AuteurError('disk-failing', { reason }, { cause: error });
  if (code === 'EROFS') return new AuteurError('disk-read-only', { reason }, { cause: error });
  if (code === 'EACCES' || code === 'EPERM') {
    return new AuteurError('no-permission', { reason }, { cause: error });
  }
  return new AuteurError('unexpected', { reason }, { cause: error });
}

/** `ENOENT` and its like, or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || AuteurError.is(error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function fill(template: string, data: ErrorData): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(data[name] ?? whole));
}
