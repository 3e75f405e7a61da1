import { AuteurError } from '../../../core/errors.ts';
import type { PipelineRun } from '../../../core/ports/pipeline.ts';
import type { HistoryEntry, Rejected } from './answers.ts';
import type { ComfyuiServer, PromptRequest } from './comfyuiServer.ts';
import { ComfyuiSocket } from './comfyuiSocket.ts';
import type { Frame, ServerEvent } from './frames.ts';
import { PromptProgress } from './promptProgress.ts';
import { placeOf, type Place, type Prompt } from './prompts.ts';
import { rejectionFailure } from './rejection.ts';
import type { Timing } from './timing.ts';

export interface FollowNeeds {
  readonly server: ComfyuiServer;
  readonly run: Pick<PipelineRun, 'job' | 'signal' | 'onProgress' | 'outputDir'>;
  readonly timeLimitMinutes: number;
  readonly timing: Timing;
  /** Called before a prompt is posted; how often the server has taken it, from earlier attempts as well. */
  readonly onPost: (prompt: Prompt) => Promise<number>;
  /** Called when the server has what was posted. */
  readonly onTaken: (prompt: Prompt) => Promise<void>;
  readonly onPreview: (image: Uint8Array) => void;
}

/** The first time, and once more where the server forgot it. */
const mostPosts = 2;
const connectMs = 2_000;
/** Between a word that it has ended and its entry in the history pass moments. */
const endingMs = 100;
const minute = 60_000;
/** They say that it is over, or where it is not told otherwise, that it begins. */
const turning = new Set(['execution_start', 'execution_success', 'execution_error', 'execution_interrupted']);

/**
 * Brings one prompt to its end: posts it unless the server has it already, follows it, posts it once more where the
 * server was restarted and forgot it. What the server says unasked is only a hint; queue and history are the truth.
 */
export class PromptFollower {
  readonly #needs: FollowNeeds;
  readonly #prompt: Prompt;
  readonly #socket: ComfyuiSocket;
  readonly #limit = new AbortController();
  readonly #signal: AbortSignal;
  #progress: PromptProgress;
  #shown = 0;
  #limitTimer: NodeJS.Timeout | undefined;
  #isPosted = false;
  /** It was posted, and the server was not seen to have it yet. */
  #isUncounted = false;
  /** The server has it, or had it when it was last asked. */
  #isKnown = false;
  /** The server may have been away since it last had it. */
  #isBroken = true;
  /** It has told of a node. */
  #isBegun = false;
  #awaySince: number | undefined;
  #isEnding = false;
  #isWoken = false;
  #wake = (): void => undefined;

  constructor(needs: FollowNeeds, prompt: Prompt) {
    this.#needs = needs;
    this.#prompt = prompt;
    this.#progress = new PromptProgress(prompt.workflow);
    this.#signal = AbortSignal.any([needs.run.signal, this.#limit.signal]);
    this.#socket = new ComfyuiSocket({
      url: needs.server.socketUrl(clientIdOf(needs)),
      ...needs.timing,
      onFrame: (frame) => this.#hear(frame),
      onBreak: () => {
        this.#isBroken = true;
        this.#look();
      },
    });
  }

  /**
   * Its entry in the history; `another's` where its id belongs to an attempt that failed, or to another workflow.
   * @throws AuteurError `comfyui-*`; the signal's reason. Its prompt may be at the server all the same.
   */
  async follow(): Promise<HistoryEntry | "another's"> {
    const onAbort = (): void => this.#look();
    this.#signal.addEventListener('abort', onAbort);
    try {
      // Only who listens before it begins hears of all of it.
      await this.#socket.settled(connectMs);
      return await this.#untilOver();
    } catch (error) {
      this.#signal.throwIfAborted();
      throw error;
    } finally {
      this.#signal.removeEventListener('abort', onAbort);
      clearTimeout(this.#limitTimer);
      this.#socket.dispose();
    }
  }

  async #untilOver(): Promise<HistoryEntry | "another's"> {
    for (;;) {
      this.#signal.throwIfAborted();
      this.#isWoken = false;
      const place = await this.#ask(() => placeOf(this.#needs.server, this.#prompt, this.#signal));
      const ended = place === undefined ? undefined : await this.#turn(place);
      if (ended !== undefined) return ended;
      this.#socket.checkPulse();
      await this.#pause();
    }
  }

  async #turn(place: Place): Promise<HistoryEntry | "another's" | undefined> {
    switch (place.is) {
      case 'unknown':
        await this.#post();
        return undefined;
      case 'foreign':
        return "another's";
      case 'waiting':
        await this.#isThere();
        if (!this.#isBegun) this.#say(0, waitingWords(place.before));
        return undefined;
      case 'running':
        await this.#isThere();
        this.#startClock();
        return undefined;
      case 'over': {
        // How an earlier attempt failed is not how this one ends.
        const isOurs = this.#isKnown || this.#isPosted || place.entry.status?.status_str !== 'error';
        return isOurs ? place.entry : "another's";
      }
    }
  }

  async #post(): Promise<void> {
    const { server } = this.#needs;
    if (this.#isKnown && !this.#isBroken) throw new AuteurError('comfyui-removed');
    const taken = await this.#needs.onPost(this.#prompt);
    if (taken >= mostPosts) throw new AuteurError('comfyui-forgotten', { server: server.url });
    this.#progress = new PromptProgress(this.#prompt.workflow);
    this.#isBegun = false;
    this.#isEnding = false;
    this.#say(0, waitingWords(0));
    const { id, workflow, mark } = this.#prompt;
    const request = {
      prompt: workflow,
      prompt_id: id,
      client_id: clientIdOf(this.#needs),
      extra_data: { auteur: mark, preview_method: 'auto' },
    };
    this.#isPosted = true;
    this.#isUncounted = true;
    const answer = await this.#ask(async () => ({ answer: await this.#submit(request) }));
    // Nobody knows whether it was taken: the next look tells.
    if (answer === undefined) return;
    const refusal = answer.answer;
    if (refusal !== undefined) throw rejectionFailure(refusal, { server: server.url, workflow });
    await this.#isThere();
  }

  async #submit(request: PromptRequest): Promise<Rejected | undefined> {
    try {
      return await this.#needs.server.submit(request);
    } finally {
      // A look for leftovers may have found the job cancelled, and nothing of it there yet.
      if (this.#signal.aborted) await this.#needs.onPost(this.#prompt);
    }
  }

  /** What the server answers; undefined while it is away, for as long as that is borne. */
  async #ask<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (!AuteurError.is(error, 'comfyui-not-running')) throw error;
      this.#isBroken = true;
      this.#awaySince ??= performance.now();
      if (performance.now() - this.#awaySince > this.#needs.timing.patienceMs) throw error;
      this.#say(this.#shown, 'ComfyUI does not answer; waiting for it');
      return undefined;
    }
  }

  #hear(frame: Frame): void {
    if (frame.is === 'preview') {
      // One that does not say whose it is may be of a prompt that everybody is told of.
      const isOurs = frame.promptId === undefined ? this.#isBegun : frame.promptId === this.#prompt.id;
      if (isOurs) this.#needs.onPreview(frame.image);
      return;
    }
    const { type, data } = frame.event;
    if ('prompt_id' in data && data['prompt_id'] !== this.#prompt.id) return;
    const progress = this.#progress.apply(frame.event);
    if (progress !== undefined) {
      this.#isBegun = true;
      this.#say(progress.progress, progress.step);
    }
    if (!turning.has(type) && !isEnd(frame.event)) return;
    this.#isEnding = type !== 'execution_start';
    this.#look();
  }

  #say(progress: number, step: string): void {
    this.#shown = progress;
    this.#needs.run.onProgress({ progress, step });
  }

  async #isThere(): Promise<void> {
    this.#isKnown = true;
    // One that shows its queue and takes nothing is away as well.
    this.#awaySince = undefined;
    // What is not connected to may be restarted unseen.
    this.#isBroken = !this.#socket.isOpen;
    if (!this.#isUncounted) return;
    this.#isUncounted = false;
    await this.#needs.onTaken(this.#prompt);
  }

  /** What waits behind the prompts of others takes no time of its own. */
  #startClock(): void {
    const minutes = this.#needs.timeLimitMinutes;
    this.#limitTimer ??= setTimeout(() => {
      this.#limit.abort(new AuteurError('comfyui-time-limit', { minutes }));
    }, minutes * minute);
  }

  #look(): void {
    this.#isWoken = true;
    this.#wake();
  }

  async #pause(): Promise<void> {
    if (this.#isWoken && !this.#isEnding) return;
    const { pollMs, retryMs } = this.#needs.timing;
    const length = this.#isEnding ? endingMs : this.#awaySince === undefined ? pollMs : retryMs;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, length);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }
}

/** By it the server knows whom to tell, also when another process takes the job up. */
function clientIdOf({ run }: FollowNeeds): string {
  return `auteur-${run.job.id}`;
}

function isEnd({ type, data }: ServerEvent): boolean {
  return type === 'executing' && data['node'] === null;
}

function waitingWords(before: number): string {
  return before === 0 ? 'waiting at ComfyUI' : `waiting at ComfyUI, ${before} before it`;
}
