import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type * as z from 'zod';
import { AuteurError, systemCode } from '../../../core/errors.ts';
import {
  History,
  Queue,
  Rejected,
  Submitted,
  SystemStats,
  Uploaded,
  type HistoryEntry,
  type ServerFile,
} from './answers.ts';
import { jsonOf } from '../../jsonOf.ts';
import { chunksUpTo, sizeOf, usualLimits, type Limits } from './limits.ts';

const answerMs = 30_000;
const quickAnswerMs = 5_000;
/** A large upload or a video takes its time; one that stands still does not. */
const transferMs = 30 * 60_000;

export interface PromptRequest {
  readonly prompt: object;
  readonly prompt_id: string;
  readonly client_id: string;
  readonly extra_data: object;
}

interface Ask {
  /** In words, after "refused to". */
  readonly action: string;
  readonly path: string;
  readonly init?: RequestInit;
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  /** Statuses that are answers, not refusals. */
  readonly expected?: readonly number[];
  readonly limit?: keyof Limits;
}

const queueAsk = { action: 'show its queue', path: '/queue', limit: 'list' } as const;

/**
 * One ComfyUI server, by HTTP. Nothing here sends an Origin, which the server would refuse, and no redirect is followed:
 * what is called is what the user allowed.
 * @throws AuteurError `comfyui-not-running`, `comfyui-not-comfyui`, `comfyui-refused`, `comfyui-answer-too-large`
 */
export class ComfyuiServer {
  readonly url: string;
  readonly #limits: Limits;

  constructor(url: string, limits = usualLimits) {
    this.url = url.replace(/\/+$/, '');
    this.#limits = limits;
  }

  socketUrl(clientId: string): string {
    return `${this.url.replace(/^http/i, 'ws')}/ws?clientId=${encodeURIComponent(clientId)}`;
  }

  stats(): Promise<SystemStats> {
    const ask = { action: 'say what it is', path: '/system_stats', timeout: quickAnswerMs };
    return this.#json(ask, SystemStats);
  }

  /**
   * Why it does not run all of the workflow; undefined where it does. It may run parts of it all the same. It is not cut
   * short: then nobody would know whether it was queued.
   */
  async submit(request: PromptRequest): Promise<Rejected | undefined> {
    const ask = { action: 'take a workflow', path: '/prompt', init: posted(request), limit: 'list' } as const;
    const response = await this.#ask({ ...ask, expected: [400] });
    if (response.status === 400) return this.#rejection(ask, response);
    const { node_errors } = await this.#parsed(ask, response, Submitted);
    if (Object.keys(node_errors).length === 0) return undefined;
    const error = {
      type: 'prompt_outputs_failed_validation',
      message: '',
      details: '',
      extra_info: undefined,
    };
    return { error, node_errors };
  }

  queue(signal: AbortSignal): Promise<Queue> {
    return this.#json({ ...queueAsk, signal }, Queue);
  }

  /** For who does not wait for a server that is away. */
  queueNow(signal?: AbortSignal): Promise<Queue> {
    return this.#json({ ...queueAsk, signal, timeout: quickAnswerMs }, Queue);
  }

  async history(id: string, signal?: AbortSignal): Promise<HistoryEntry | undefined> {
    const path = `/history/${encodeURIComponent(id)}`;
    const ask = { action: 'show its history', path, limit: 'list' } as const;
    return (await this.#json({ ...ask, signal }, History))[id];
  }

  /** Only what waits; it says nothing about what became of it. */
  async removePending(id: string): Promise<void> {
    await this.#done({
      action: 'remove a workflow',
      path: '/queue',
      init: posted({ delete: [id] }),
      timeout: quickAnswerMs,
    });
  }

  /** Only this prompt: another's may be running. */
  async interrupt(id: string): Promise<void> {
    await this.#done({
      action: 'interrupt',
      path: '/interrupt',
      init: posted({ prompt_id: id }),
      timeout: quickAnswerMs,
    });
  }

  /** @returns what the server calls it, which may be another name */
  async upload(name: string, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<string> {
    const body = new FormData();
    body.set('image', new Blob([bytes]), name);
    body.set('type', 'input');
    const ask = { action: 'take a picture', path: '/upload/image', init: { method: 'POST', body } };
    const uploaded = await this.#json({ ...ask, signal, timeout: transferMs }, Uploaded);
    return uploaded.subfolder === '' ? uploaded.name : `${uploaded.subfolder}/${uploaded.name}`;
  }

  /**
   * Writes an output into a new file; false where the server does not have it any more.
   * @throws AuteurError `comfyui-output-unusable` where it is too large
   */
  async download(
    { filename, subfolder, type }: ServerFile,
    to: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    const query = new URLSearchParams({ filename, subfolder, type }).toString();
    const ask = { action: `hand out "${filename}"`, path: `/view?${query}`, expected: [404] };
    const response = await this.#ask({ ...ask, signal, timeout: transferMs });
    if (response.status === 404 || response.body === null) {
      await response.body?.cancel();
      return false;
    }
    const most = this.#limits.file;
    const refuse = (): never => {
      const reason = `it is larger than ${sizeOf(most)}.`;
      throw new AuteurError('comfyui-output-unusable', { file: filename, reason });
    };
    try {
      await pipeline(chunksUpTo(response, most, refuse), createWriteStream(to, { flags: 'wx' }));
      return true;
    } catch (error) {
      signal.throwIfAborted();
      if (AuteurError.is(error)) throw error;
      if (error instanceof Error && 'syscall' in error && systemCode(error) !== 'ECONNRESET') throw error;
      throw this.#away(error);
    }
  }

  async #json<T>(ask: Ask, schema: z.ZodType<T>): Promise<T> {
    return this.#parsed(ask, await this.#ask(ask), schema);
  }

  async #done(ask: Ask): Promise<void> {
    await (await this.#ask(ask)).body?.cancel();
  }

  async #ask({ action, path, init, timeout = answerMs, signal, expected = [] }: Ask): Promise<Response> {
    const limit = AbortSignal.timeout(timeout);
    const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
    const response = await fetch(`${this.url}${path}`, { ...init, signal: both, redirect: 'manual' }).catch(
      (error: unknown) => {
        signal?.throwIfAborted();
        throw this.#away(error);
      },
    );
    if (response.ok || expected.includes(response.status)) return response;
    // A proxy answers for a server that is away.
    if ([502, 503, 504].includes(response.status)) throw this.#away(response.statusText);
    throw this.#refused(action, response, await beginningOf(response));
  }

  async #rejection(ask: Ask, response: Response): Promise<Rejected> {
    const text = await this.#textOf(ask, response);
    const rejected = Rejected.safeParse(jsonOf(text));
    if (rejected.success) return rejected.data;
    throw this.#refused(ask.action, response, text);
  }

  #refused(action: string, { status, statusText }: Response, said: string): AuteurError {
    const reason = `${status} ${statusText} ${firstWords(said)}`.trim();
    return new AuteurError('comfyui-refused', { server: this.url, action, reason });
  }

  async #parsed<T>(ask: Ask, response: Response, schema: z.ZodType<T>): Promise<T> {
    const text = await this.#textOf(ask, response);
    const parsed = schema.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const reason = `${new URL(response.url).pathname} answers with ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
    throw new AuteurError('comfyui-not-comfyui', { server: this.url, reason: reason.trim() });
  }

  async #textOf({ path, limit = 'answer' }: Ask, response: Response): Promise<string> {
    const most = this.#limits[limit];
    const refuse = (): never => {
      throw new AuteurError('comfyui-answer-too-large', { server: this.url, path, limit: sizeOf(most) });
    };
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of chunksUpTo(response, most, refuse)) chunks.push(chunk);
      return Buffer.concat(chunks).toString('utf8');
    } catch (error) {
      throw AuteurError.is(error) ? error : this.#away(error);
    }
  }

  #away(error: unknown): AuteurError {
    return new AuteurError(
      'comfyui-not-running',
      { server: this.url, reason: reasonOf(error) },
      { cause: error },
    );
  }
}

/** Of what a server says beside a refusal a few words are shown; the rest is not even read. */
async function beginningOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const reader = body.getReader();
  const read = await reader.read().catch(() => undefined);
  await reader.cancel().catch(() => undefined);
  return Buffer.from(read?.value ?? []).toString('utf8');
}

function posted(body: object): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

/** Of a page of HTML nothing is worth reading. */
function firstWords(text: string): string {
  return text.trimStart().startsWith('<') ? '' : text.slice(0, 200);
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it broke the connection',
  UND_ERR_SOCKET: 'it broke the connection',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'it does not answer in time';
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = systemCode(cause);
  if (code !== undefined) return words[code] ?? code;
  return cause instanceof Error ? cause.message : String(cause);
}
