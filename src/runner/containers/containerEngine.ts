import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { ContainerCreateOptions } from 'dockerode';
import * as z from 'zod';
import { AuteurError } from '../../core/errors.ts';
import { addressText, isLocal, type EngineAddress } from './engineAddress.ts';
import { statusCode, translated } from './engineErrors.ts';
import { readFirstFile } from './tarFile.ts';

const Info = z.object({
  SecurityOptions: z
    .array(z.string())
    .nullish()
    .transform((all) => all ?? []),
});

/** How a container is made, in the words of the Docker Engine API. */
export type ContainerOptions = ContainerCreateOptions;

/** A container of ours, as it stands. */
export interface ContainerState {
  readonly id: string;
  readonly running: boolean;
  /** Made, and never started. */
  readonly fresh: boolean;
  readonly exitCode: number;
  readonly killedForMemory: boolean;
  /** What the engine says it ended with, where it says anything. */
  readonly error: string;
  /** Milliseconds since 1970 by the engine's clock. */
  readonly started: number;
  /** The id of its image. */
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a container prints, as it prints it. */
export interface LogStream {
  /** Frames, as `demultiplexed` reads them. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Ends the reading, which then throws the reason; the container goes on. */
  readonly leave: (reason: Error) => void;
}

/** The right to run containers, through the Docker Engine API. Every method throws `engine-*` where the engine does not answer. */
export class ContainerEngine {
  readonly #addressOf: () => Promise<EngineAddress>;
  #known: { readonly text: string; readonly docker: Promise<Docker> } | undefined;
  #rootless: Promise<boolean> | undefined;

  /** @param addressOf asked anew each time, as it is a setting; throws `engine-address-invalid` */
  constructor(addressOf: () => Promise<EngineAddress>) {
    this.#addressOf = addressOf;
  }

  /** Whether it runs on this machine, as far as its address tells. */
  async isLocal(): Promise<boolean> {
    return isLocal(await this.#addressOf());
  }

  async address(): Promise<string> {
    return addressText(await this.#addressOf());
  }

  /** Quicker than by the library, which takes a tenth of a second to load. */
  async ping(): Promise<void> {
    const address = await this.#addressOf();
    try {
      const { statusCode: status = 0 } = await answerOf(address);
      if (status !== 200) throw Object.assign(new Error(`it answered ${status}`), { statusCode: status });
    } catch (error) {
      throw translated(error, { action: 'answer', address: addressText(address) });
    }
  }

  /** Whether the engine itself runs as a user without rights: its root is then that user. */
  isRootless(): Promise<boolean> {
    this.#rootless ??= this.#ask('tell how it runs', async (docker) => {
      const { SecurityOptions } = Info.parse(await docker.info());
      return SecurityOptions.some((option) => option.includes('rootless'));
    }).catch((error: unknown) => {
      this.#rootless = undefined;
      throw error;
    });
    return this.#rootless;
  }

  /** Its id, which is the digest of what it holds; undefined where it is not here. */
  imageId(image: string): Promise<string | undefined> {
    return this.#ask('look at an image', (docker) =>
      unlessMissing(async () => (await docker.getImage(image).inspect()).Id),
    );
  }

  /** What the engine tells while it fetches the image, until it is there. */
  async *pull(image: string, signal: AbortSignal): AsyncGenerator {
    const action = 'fetch an image';
    const stream = await this.#ask(action, (docker) => docker.pull(image, { abortSignal: signal }));
    yield* jsonLines(this.#watched(stream as unknown as AsyncIterable<Buffer>, action));
  }

  /** @throws AuteurError `engine-refused` with the code 409 in it where there is one of that name */
  create(options: ContainerOptions): Promise<string> {
    return this.#ask('make a container', async (docker) => (await docker.createContainer(options)).id);
  }

  start(id: string): Promise<void> {
    return this.#ask('start a container', async (docker) => {
      await docker.getContainer(id).start();
    });
  }

  /** By its name or id; undefined where there is none. */
  state(name: string): Promise<ContainerState | undefined> {
    return this.#ask('look at a container', (docker) =>
      unlessMissing(async () => {
        const { Id, Image, State, Config } = await docker.getContainer(name).inspect();
        return {
          id: Id,
          image: Image,
          running: State.Running,
          fresh: State.Status === 'created',
          exitCode: State.ExitCode,
          killedForMemory: State.OOMKilled,
          error: State.Error,
          started: Date.parse(State.StartedAt),
          labels: Config.Labels,
        };
      }),
    );
  }

  /** All that it has printed and will print, both streams in one: frames as `demultiplexed` reads them. */
  async logs(id: string): Promise<LogStream> {
    const action = 'read the log of a container';
    const stream = await this.#ask(action, async (docker) => {
      const options = { follow: true as const, stdout: true, stderr: true };
      return (await docker.getContainer(id).logs(options)) as unknown as Readable;
    });
    return { chunks: this.#watched(stream, action), leave: (reason) => stream.destroy(reason) };
  }

  /** Resolves when it has ended, or is gone. */
  wait(id: string): Promise<void> {
    return this.#ask('wait for a container', async (docker) => {
      await unlessMissing(() => docker.getContainer(id).wait());
    });
  }

  /**
   * Whether the kernel killed any of its processes for want of memory: where its first process lives on, its state says
   * nothing of that.
   */
  ranOutOfMemory(id: string, started: number): Promise<boolean> {
    return this.#ask('look at its events', async (docker) => {
      const range = { since: Math.floor(started / 1000), until: Math.ceil(Date.now() / 1000) };
      const filters = { container: [id], event: ['oom'] };
      const events = await docker.getEvents({ ...range, filters });
      for await (const chunk of events) if (chunk.length > 0) return true;
      return false;
    });
  }

  /** Asks it to end (SIGTERM), and ends it after `graceSeconds`; one that has ended or is gone is no error. */
  stop(id: string, graceSeconds: number): Promise<void> {
    return this.#ask('stop a container', async (docker) => {
      await unlessMissing(() => docker.getContainer(id).stop({ t: graceSeconds }));
    });
  }

  /** Ends and removes it, and its unnamed volumes; one that is gone is no error. */
  remove(id: string): Promise<void> {
    return this.#ask('remove a container', async (docker) => {
      await unlessMissing(() => docker.getContainer(id).remove({ force: true, v: true }));
    });
  }

  /** A file as the container sees it, whether or not it runs; undefined where it sees none. */
  readFile(id: string, path: string): Promise<Buffer | undefined> {
    return this.#ask('look into a container', (docker) =>
      unlessMissing(async () => {
        const archive = await docker.getContainer(id).getArchive({ path });
        return readFirstFile(archive as unknown as AsyncIterable<Buffer>);
      }),
    );
  }

  async #ask<T>(action: string, work: (docker: Docker) => Promise<T>): Promise<T> {
    const { docker, text } = await this.#connect();
    try {
      return await work(await docker);
    } catch (error) {
      throw translated(error, { action, address: text });
    }
  }

  /** A stream that is cut tells so in our words, as an answer does. */
  async *#watched(stream: AsyncIterable<Buffer>, action: string): AsyncGenerator<Buffer> {
    try {
      yield* stream;
    } catch (error) {
      throw translated(error, { action, address: await this.address() });
    }
  }

  async #connect() {
    const address = await this.#addressOf();
    const text = addressText(address);
    if (this.#known?.text === text) return this.#known;
    this.#rootless = undefined;
    // It takes a tenth of a second to load, which nobody waits for who runs no container.
    const docker = import('dockerode').then(({ default: Engine }) => new Engine(address));
    this.#known = { text, docker };
    return this.#known;
  }
}

const pingPatienceMs = 5_000;

function answerOf({ ...address }: EngineAddress): Promise<IncomingMessage> {
  const get = 'protocol' in address && address.protocol === 'https' ? https.get : http.get;
  return new Promise((resolve, reject) => {
    const request = get({ ...address, path: '/_ping', timeout: pingPatienceMs, agent: false }, (response) => {
      response.resume();
      resolve(response);
    });
    request.on('timeout', () => {
      request.destroy(Object.assign(new Error('it did not answer'), { code: 'ETIMEDOUT' }));
    });
    request.on('error', reject);
  });
}

async function unlessMissing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    // 304: it has ended already. 409: it is being removed already.
    if ([304, 404, 409].includes(statusCode(error) ?? 0)) return undefined;
    throw error;
  }
}

async function* jsonLines(stream: AsyncIterable<Buffer>): AsyncGenerator {
  let rest = '';
  for await (const chunk of stream) {
    const lines = `${rest}${chunk.toString('utf8')}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line);
  }
  if (rest.trim() !== '') yield JSON.parse(rest);
}

/** Whether an engine refused something because it is there already. */
export function isConflict(error: unknown): boolean {
  return AuteurError.is(error, 'engine-refused') && statusCode(error.cause) === 409;
}
