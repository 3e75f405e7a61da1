import { once } from 'node:events';
import { setImmediate as tick } from 'node:timers/promises';
import type { ComfyDisk } from './comfyDisk.ts';
import type { Executor, Item, Scene } from './executor.ts';
import { Interrupted, NodeFailed, runPrompt } from './runPrompt.ts';
import type { ServerSocket } from './webSockets.ts';

/** The format of the previews. */
const png = 2;

type Message = readonly [event: string, data: object];

interface Client {
  readonly socket: ServerSocket;
  metadata: boolean;
}

/** What dies with the process of a server: queue, history, cache and connections. */
export class ComfyProcess implements Executor {
  readonly disk: ComfyDisk;
  readonly scene: Scene;
  readonly cache = new Map<string, object | null>();
  readonly history = new Map<string, object>();
  readonly clients = new Map<string, Client>();
  pending: Item[] = [];
  running: Item | undefined;
  lastNode: string | undefined;
  interrupted = false;
  isDead = false;
  #messages: Message[] = [];
  #number = 0;

  constructor(disk: ComfyDisk, scene: Scene) {
    this.disk = disk;
    this.scene = scene;
    void this.#work();
  }

  enqueue(item: Omit<Item, 'number'>, { number, front }: { number?: number; front?: boolean }): number {
    const next = number ?? (front === true ? -this.#number : this.#number);
    this.#number++;
    this.pending.push({ ...item, number: next });
    this.#changed();
    return next;
  }

  remove(ids: readonly string[] | 'all'): void {
    this.pending = this.pending.filter(({ id }) => ids !== 'all' && !ids.includes(id));
    this.#changed();
  }

  /** Without an id whatever runs is meant. */
  interrupt(id: string | undefined): void {
    if (this.running === undefined || (id !== undefined && id !== this.running.id)) return;
    this.interrupted = true;
    this.scene.news.emit('change');
  }

  die(): void {
    this.isDead = true;
    for (const { socket } of this.clients.values()) socket.cut();
    this.scene.news.emit('change');
  }

  /** To the client of the running prompt; to everybody where it has none. */
  send(type: string, data: object): void {
    const message = { type, data };
    for (const { socket } of this.#listeners()) socket.sendText(message);
  }

  sendPreview(image: Uint8Array, node: string): void {
    for (const { socket, metadata } of this.#listeners()) {
      const [kind, said] = metadata
        ? [4, Buffer.from(JSON.stringify(this.#describe(node)))]
        : [1, Buffer.alloc(0)];
      const head = Buffer.alloc(8);
      head.writeUInt32BE(kind, 0);
      head.writeUInt32BE(metadata ? said.length : png, 4);
      socket.sendBinary(Buffer.concat([head, said, image]));
    }
  }

  /** Kept in the history; sent only where the prompt has a client, or everybody is to hear it. */
  message(event: string, data: object, broadcast = false): void {
    const whole = { ...data, prompt_id: this.running?.id, timestamp: Date.now() };
    this.#messages.push([event, whole]);
    if (this.clientId !== undefined || broadcast) this.send(event, whole);
  }

  get clientId(): string | undefined {
    const id = this.running?.extra['client_id'];
    return typeof id === 'string' ? id : undefined;
  }

  /** Stands still while this is held; ends with the process, or where the prompt is interrupted. */
  async passes(what: string): Promise<void> {
    await tick();
    if (this.scene.holds.has(what)) this.scene.news.emit('reached', what);
    while (this.scene.holds.has(what) && !this.isDead && !this.interrupted)
      await once(this.scene.news, 'change');
    if (this.isDead) throw new ProcessDied();
    if (this.interrupted) throw new Interrupted();
  }

  status(): object {
    const queue_remaining = this.pending.length + (this.running === undefined ? 0 : 1);
    return { status: { exec_info: { queue_remaining } } };
  }

  #listeners(): readonly Client[] {
    const id = this.clientId;
    if (id === undefined) return [...this.clients.values()];
    const client = this.clients.get(id);
    return client === undefined ? [] : [client];
  }

  #describe(node: string): object {
    return {
      ...{ node_id: node, display_node_id: node, real_node_id: node, parent_node_id: null },
      ...{ prompt_id: this.running?.id, image_type: 'image/png' },
    };
  }

  #changed(): void {
    for (const { socket } of this.clients.values()) socket.sendText({ type: 'status', data: this.status() });
    this.scene.news.emit('change');
  }

  async #work(): Promise<void> {
    while (!this.isDead) {
      const [next] = this.pending.toSorted((a, b) => a.number - b.number);
      if (next === undefined) await once(this.scene.news, 'change');
      else await this.#run(next);
    }
  }

  async #run(item: Item): Promise<void> {
    this.pending = this.pending.filter((one) => one !== item);
    [this.running, this.interrupted, this.#messages] = [item, false, []];
    this.#changed();
    const outputs: Record<string, object> = {};
    const ended = await this.#ended(item, outputs);
    if (ended === undefined) return;
    this.history.set(item.id, {
      prompt: [item.number, item.id, item.graph, item.extra, item.outputs],
      outputs,
      status: { status_str: ended, completed: ended === 'success', messages: this.#messages },
      meta: {},
    });
    const { clientId } = this;
    if (clientId !== undefined) this.send('executing', { node: null, prompt_id: item.id });
    [this.running, this.lastNode] = [undefined, undefined];
    this.#changed();
  }

  /** Undefined where the process died over it. */
  async #ended(item: Item, outputs: Record<string, object>): Promise<'success' | 'error' | undefined> {
    try {
      await runPrompt(this, item, outputs);
      this.message('execution_success', {});
      // Its entry comes after this word.
      await this.passes('history');
      return 'success';
    } catch (error) {
      if (error instanceof ProcessDied) return undefined;
      if (error instanceof Interrupted) this.message('execution_interrupted', error.said, true);
      else if (error instanceof NodeFailed) this.message('execution_error', error.said);
      else throw error;
      return 'error';
    }
  }
}

class ProcessDied extends Error {}
