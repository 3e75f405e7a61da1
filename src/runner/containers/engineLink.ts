import https from 'node:https';
import type Docker from 'dockerode';
import type { DockerOptions } from 'dockerode';
import { AuteurError } from '../../core/errors.ts';
import { bounded, usualPatience, watchOver, type Patience } from './bounded.ts';
import { addressText, isLocal, type EngineAddress } from './engineAddress.ts';
import { statusError, translated } from './engineErrors.ts';
import { getFrom } from './engineHttp.ts';

/** What is asked of an engine, in words that follow "to", and who may have no more use for the answer. */
export interface Asked {
  readonly action: string;
  /** Whether it has to do something for it, and so may take its time; `endless` where nobody knows how long. */
  readonly takes: 'a look' | 'work' | 'endless';
  readonly signal: AbortSignal | undefined;
}

/** The way to a container engine: what is asked of it ends, whatever becomes of the engine. */
export class EngineLink {
  readonly #addressOf: () => Promise<EngineAddress>;
  readonly #patience: Patience;
  #known: { readonly text: string; readonly docker: Promise<Docker> } | undefined;

  /** @param addressOf asked anew each time, as it is a setting; throws `engine-address-invalid` */
  constructor(addressOf: () => Promise<EngineAddress>, patience: Patience = usualPatience) {
    this.#addressOf = addressOf;
    this.#patience = patience;
  }

  async isLocal(): Promise<boolean> {
    return isLocal(await this.#addressOf());
  }

  async address(): Promise<string> {
    return addressText(await this.#addressOf());
  }

  /** @throws AuteurError `engine-*` where it does not say that it is there */
  async ping(limitMs = this.#patience.pingMs): Promise<void> {
    const address = await this.#addressOf();
    const text = addressText(address);
    const signal = AbortSignal.timeout(limitMs);
    try {
      const answer = await getFrom(address, '/_ping', signal);
      if (answer.status !== 200) throw statusError(answer);
    } catch (error) {
      if (signal.aborted) throw hung('say that it is there', text, limitMs);
      throw translated(error, { action: 'say that it is there', address: text });
    }
  }

  /** What it knows of something; undefined where that is not there. Loads no library. @throws AuteurError `engine-*` */
  async get(action: string, path: string, signal: AbortSignal | undefined): Promise<unknown> {
    const address = await this.#addressOf();
    const text = addressText(address);
    const asked: Asked = { action, takes: 'a look', signal };
    return bounded(
      async (left) => {
        try {
          const answer = await getFrom(address, path, left);
          if (answer.status === 404) return undefined;
          if (answer.status !== 200) throw statusError(answer);
          return JSON.parse(answer.body) as unknown;
        } catch (error) {
          throw translated(error, { action, address: text });
        }
      },
      this.#bounds(asked, text),
    );
  }

  /**
   * Asks the engine.
   * @throws AuteurError `engine-*`, `gpu-missing`; the signal's reason
   */
  async ask<T>(asked: Asked, work: (docker: Docker, left: AbortSignal) => Promise<T>): Promise<T> {
    const { docker, text } = await this.#connect();
    const bounds = this.#bounds(asked, text);
    return bounded(async (left) => {
      try {
        return await work(await docker, left);
      } catch (error) {
        throw translated(error, { action: asked.action, address: text });
      }
    }, bounds);
  }

  /** What an engine tells for as long as it likes, which is given as it comes. */
  async *stream(
    asked: Omit<Asked, 'takes'>,
    open: (docker: Docker, left: AbortSignal) => Promise<AsyncIterable<Buffer>>,
  ): AsyncGenerator<Buffer> {
    const endless: Asked = { ...asked, takes: 'endless' };
    const address = await this.address();
    const watch = watchOver(this.#bounds(endless, address));
    try {
      yield* await this.ask({ ...endless, signal: watch.left }, (docker, left) =>
        open(docker, AbortSignal.any([left, watch.left])),
      );
    } catch (error) {
      watch.left.throwIfAborted();
      throw translated(error, { action: asked.action, address });
    } finally {
      watch.end();
    }
  }

  #bounds({ action, takes, signal }: Asked, address: string) {
    const { lookMs, answerMs, workMs } = this.#patience;
    const limitMs = { 'a look': answerMs, work: workMs, endless: Infinity }[takes];
    const tooLong = (): AuteurError => hung(action, address, limitMs);
    return { signal, lookMs, limitMs, tooLong, requireThere: () => this.ping() };
  }

  async #connect() {
    const address = await this.#addressOf();
    const text = addressText(address);
    if (this.#known?.text === text) return this.#known;
    // It takes a tenth of a second to load, which nobody waits for who runs no container.
    const docker = import('dockerode').then(({ default: Engine }) => new Engine(optionsOf(address)));
    this.#known = { text, docker };
    return this.#known;
  }
}

/** What is left out here, the library takes from `DOCKER_HOST`, which may mean another engine. */
function optionsOf(address: EngineAddress): DockerOptions {
  if ('socketPath' in address) return { ...address, host: undefined };
  const { protocol, host, port, ...certificates } = address;
  if (protocol === 'http') return { protocol, host, port };
  // The library knows how to hand over certificates, but not how to do without.
  const agent = new https.Agent({ ...certificates, keepAlive: false });
  return { ...{ protocol, host, port }, ...{ agent } };
}

function hung(action: string, address: string, ms: number): AuteurError {
  return new AuteurError('engine-hung', { action, address, seconds: Math.ceil(ms / 1000) });
}
