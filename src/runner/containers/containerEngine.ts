import type Docker from 'dockerode';
import type { ContainerCreateOptions } from 'dockerode';
import * as z from 'zod';
import { AuteurError } from '../../core/errors.ts';
import { elsewhere, engineGraphics, thisMachine, type EngineGraphics } from './engineGraphics.ts';
import { engineImage, type BuildFiles, type EngineImage } from './engineImage.ts';
import type { Asked, EngineLink } from './engineLink.ts';
import { statusCode } from './engineErrors.ts';
import { jsonLines } from './jsonLines.ts';
import { readFirstFile } from './tarFile.ts';

const Info = z.object({
  SecurityOptions: z
    .array(z.string())
    .nullish()
    .transform((all) => all ?? []),
});

const About = z.object({
  Version: z.string(),
  Components: z.array(z.object({ Name: z.string() })).nullish(),
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
  /** By the same clock; before 1970 where it has not ended. */
  readonly ended: number;
  /** The id of its image. */
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a fallback waits for, before it stands in. */
const shortPingMs = 5_000;
/** So late the word of the kernel may reach the engine after the end of a process. */
const lateWordMs = 250;

/**
 * The right to run containers, through the Docker Engine API. Every method ends in bounded time with `engine-*` where the
 * engine does not answer; those that may take for ever end when it is gone.
 */
export class ContainerEngine {
  readonly #link: EngineLink;
  readonly #signal: AbortSignal | undefined;
  /** By address, whether that engine runs without root. */
  readonly #rootless: Map<string, boolean>;

  constructor(link: EngineLink, signal?: AbortSignal, rootless = new Map<string, boolean>()) {
    this.#link = link;
    this.#signal = signal;
    this.#rootless = rootless;
  }

  /** The same engine, which is asked nothing more once the signal is aborted: what it was asked then throws the reason. */
  heeding(signal: AbortSignal): ContainerEngine {
    const both = this.#signal === undefined ? signal : AbortSignal.any([this.#signal, signal]);
    return new ContainerEngine(this.#link, both, this.#rootless);
  }

  /** Whether it runs on this machine, as far as its address tells. */
  isLocal(): Promise<boolean> {
    return this.#link.isLocal();
  }

  address(): Promise<string> {
    return this.#link.address();
  }

  async ping(): Promise<void> {
    this.#signal?.throwIfAborted();
    await this.#link.ping(shortPingMs);
  }

  /** Whether the engine itself runs as a user without rights: its root is then that user. */
  async isRootless(): Promise<boolean> {
    const address = await this.address();
    const known = this.#rootless.get(address);
    if (known !== undefined) return known;
    const { SecurityOptions } = Info.parse(await this.#link.get('tell how it runs', '/info', this.#signal));
    const is = SecurityOptions.some((option) => option.includes('rootless'));
    this.#rootless.set(address, is);
    return is;
  }

  /** How it hands NVIDIA cards to containers. */
  async graphics(): Promise<EngineGraphics> {
    const info = await this.#link.get('tell how it runs', '/info', this.#signal);
    return engineGraphics(info, (await this.isLocal()) ? thisMachine : elsewhere);
  }

  /** What it is, in its own words. */
  async version(): Promise<string> {
    const about = await this.#link.get('tell its version', '/version', this.#signal);
    const { Version, Components } = About.parse(about);
    return `${Components?.[0]?.Name ?? 'Engine'} ${Version}`;
  }

  /** Its id, which is the digest of what it holds; undefined where it is not here. */
  async imageId(image: string): Promise<string | undefined> {
    return (await this.image(image))?.id;
  }

  /** Undefined where it is not here. */
  async image(name: string): Promise<EngineImage | undefined> {
    const found = await this.#link.get('look at an image', `/images/${name}/json`, this.#signal);
    return found === undefined ? undefined : engineImage(found);
  }

  /** What the engine tells while it fetches the image, until it is there. */
  pull(image: string): AsyncGenerator {
    const asked = { action: 'fetch an image', signal: this.#signal };
    const news = this.#link.stream(asked, async (docker, abortSignal) =>
      bytes(await docker.pull(image, { abortSignal })),
    );
    return jsonLines(news);
  }

  /** What the engine tells while it builds an image and gives it a name. */
  build(image: string, { folder, files, labels }: BuildFiles): AsyncGenerator {
    const asked = { action: 'build an image', signal: this.#signal };
    const news = this.#link.stream(asked, async (docker, abortSignal) => {
      const options = { t: image, labels, rm: true, forcerm: true, abortSignal };
      return bytes(await docker.buildImage({ context: folder, src: [...files] }, options));
    });
    return jsonLines(news);
  }

  /** @throws AuteurError `engine-refused` with the code 409 in it where there is one of that name */
  create(options: ContainerOptions): Promise<string> {
    return this.#work('make a container', async (docker, abortSignal) => {
      return (await docker.createContainer({ ...options, abortSignal })).id;
    });
  }

  start(id: string): Promise<void> {
    return this.#work('start a container', async (docker, abortSignal) => {
      await docker.getContainer(id).start({ abortSignal });
    });
  }

  /** By its name or id; undefined where there is none. */
  state(name: string): Promise<ContainerState | undefined> {
    return this.#look('look at a container', (docker, abortSignal) =>
      unlessMissing(async () => {
        const { Id, Image, State, Config } = await docker.getContainer(name).inspect({ abortSignal });
        return {
          id: Id,
          image: Image,
          running: State.Running,
          fresh: State.Status === 'created',
          exitCode: State.ExitCode,
          killedForMemory: State.OOMKilled,
          error: State.Error,
          started: Date.parse(State.StartedAt),
          ended: Date.parse(State.FinishedAt),
          labels: Config.Labels,
        };
      }),
    );
  }

  /** Those that carry all of these labels, running or not. */
  withLabels(labels: Readonly<Record<string, string>>): Promise<readonly FoundContainer[]> {
    return this.#look('list containers', async (docker, abortSignal) => {
      const label = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
      const all = await docker.listContainers({ all: true, filters: { label }, abortSignal });
      return all.map(({ Id, Labels }) => ({ id: Id, labels: Labels }));
    });
  }

  /** All that it has printed and will print, both streams in one, as `demultiplexed` reads it; nothing where it is gone. */
  logs(id: string): AsyncGenerator<Buffer> {
    const asked = { action: 'read the log of a container', signal: this.#signal };
    return this.#link.stream(asked, async (docker, abortSignal) => {
      const options = { follow: true as const, stdout: true, stderr: true, abortSignal };
      const log = await unlessMissing(() => docker.getContainer(id).logs(options));
      return log === undefined ? nothing() : bytes(log);
    });
  }

  /** Resolves when it has ended, or is gone. */
  wait(id: string): Promise<void> {
    return this.#ask('wait for a container', 'endless', async (docker, abortSignal) => {
      await unlessMissing(() => docker.getContainer(id).wait({ abortSignal }));
    });
  }

  /**
   * Whether the kernel killed any of its processes for want of memory: where its first process lives on, its state says
   * nothing of that.
   */
  ranOutOfMemory({ id, started, ended }: ContainerState): Promise<boolean> {
    return this.#look('look at its events', async (docker, abortSignal) => {
      // All by the engine's clock: by ours, it may not have come to the end yet.
      const range = { since: seconds(started), until: seconds(ended + lateWordMs) };
      const filters = { container: [id], event: ['oom'] };
      const events = await docker.getEvents({ ...range, filters, abortSignal });
      for await (const chunk of events) if (chunk.length > 0) return true;
      return false;
    });
  }

  /** Asks it to end (SIGTERM), and ends it after `graceSeconds`; one that has ended or is gone is no error. */
  stop(id: string, graceSeconds: number): Promise<void> {
    return this.#work('stop a container', async (docker, abortSignal) => {
      await unlessMissing(() => docker.getContainer(id).stop({ t: graceSeconds, abortSignal }));
    });
  }

  /** Ends and removes it, and its unnamed volumes; one that is gone is no error. */
  remove(id: string): Promise<void> {
    return this.#work('remove a container', async (docker, abortSignal) => {
      await unlessMissing(() => docker.getContainer(id).remove({ force: true, v: true, abortSignal }));
    });
  }

  /** A file as the container sees it, whether or not it runs; undefined where it sees none. */
  readFile(id: string, path: string): Promise<Buffer | undefined> {
    return this.#work('look into a container', (docker, abortSignal) =>
      unlessMissing(async () => {
        const archive = await docker.getContainer(id).getArchive({ path, abortSignal });
        return readFirstFile(bytes(archive));
      }),
    );
  }

  #look<T>(action: string, look: Question<T>): Promise<T> {
    return this.#ask(action, 'a look', look);
  }

  #work<T>(action: string, work: Question<T>): Promise<T> {
    return this.#ask(action, 'work', work);
  }

  #ask<T>(action: string, takes: Asked['takes'], question: Question<T>): Promise<T> {
    return this.#link.ask({ action, takes, signal: this.#signal }, question);
  }
}

interface FoundContainer {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What is asked through the library, which gives up when the signal says so. */
type Question<T> = (docker: Docker, abortSignal: AbortSignal) => Promise<T>;

async function* nothing(): AsyncGenerator<Buffer> {}

/** The library's streams are of bytes, though its types do not say so. */
function bytes(stream: NodeJS.ReadableStream): AsyncIterable<Buffer> {
  return stream as AsyncIterable<Buffer>;
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
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

/** Whether an engine refused something because it is there already. */
export function isConflict(error: unknown): boolean {
  return AuteurError.is(error, 'engine-refused') && statusCode(error.cause) === 409;
}
