import { AuteurError, type ErrorCode, type ErrorData, unexpected } from '../errors.ts';
import type { RunnerWishes } from '../model/runnerSettings.ts';
import type { Envelope } from './events.ts';
import type { JobView } from './views.ts';
import type { WorkNews } from './work.ts';

/** What a studio thread is started with; it must survive structured cloning. */
export interface StudioThreadOptions {
  readonly assetsDir: string;
  readonly trusted: boolean;
  readonly claims: 'open' | 'all';
  readonly version: string;
  /** What the settings of the window say of the runner. */
  readonly runner: RunnerWishes;
}

/** One call of a method of a port that lives in another thread. */
export interface Call {
  readonly kind: 'call';
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** An `AuteurError` on its way: structured cloning would keep only its message. */
export interface CrossingError {
  readonly code: ErrorCode;
  readonly data: ErrorData;
  readonly message: string;
}

/** Every call gets exactly one answer, unless its thread dies. */
export type Answer =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: CrossingError };

/** A text file that the window has open, or has closed. */
export interface DocumentNotice {
  readonly kind: 'document';
  readonly uri: string;
  /** Its file, as the window names it. */
  readonly path: string;
  readonly isOpen: boolean;
  /** What stands in it and is not saved. */
  readonly unsaved?: string;
}

/** What a thread tells without being asked. */
export type Notice =
  | { readonly kind: 'event'; readonly envelope: Envelope }
  | { readonly kind: 'jobs'; readonly jobs: readonly JobView[] }
  | { readonly kind: 'work'; readonly news: WorkNews }
  | { readonly kind: 'log'; readonly line: string };

/** What a text file is to hold instead of what it holds. */
export interface TextReplacement {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A thread asks its window to make a change in a document that is open. */
export interface ReplaceCall {
  readonly kind: 'replace';
  readonly id: number;
  /** Of the document. */
  readonly uri: string;
  readonly replacement: TextReplacement;
}

export type FromThread = Answer | Notice | ReplaceCall;
export type ToThread = Call | Answer | DocumentNotice;

/** The call by which a host asks its thread to close; everything else is a method of the port. */
export const closeMethod = '$close';

export function toCrossing(error: unknown): CrossingError {
  const { code, data, message } = unexpected(error);
  return { code, data, message };
}

function fromCrossing({ code, data, message }: CrossingError): AuteurError {
  return new AuteurError(code, data, { cause: message });
}

/** The answering end of a call: whatever `run` does, there is an answer. */
export async function answer<C extends Call | ReplaceCall>(
  call: C,
  run: (call: C) => Promise<unknown>,
): Promise<Answer> {
  try {
    return { kind: 'result', id: call.id, value: await run(call) };
  } catch (error) {
    return { kind: 'error', id: call.id, error: toCrossing(error) };
  }
}

// A method, not a property: its parameter may then be narrower than `unknown`, so a call keeps its own type.
interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The asking end: what was asked and not yet answered. */
export class PendingCalls {
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  start<T>(send: (call: Call) => void, method: string, args: readonly unknown[]): Promise<T> {
    const id = ++this.#lastId;
    return new Promise<T>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      try {
        send({ kind: 'call', id, method, args });
      } catch (error) {
        this.#pending.delete(id);
        reject(unexpected(error));
      }
    });
  }

  settle(reply: Answer): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.kind === 'result') pending?.resolve(reply.value);
    else pending?.reject(fromCrossing(reply.error));
  }

  rejectAll(error: AuteurError): void {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of all) pending.reject(error);
  }
}
