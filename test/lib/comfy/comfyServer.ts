import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { ComfyDisk } from './comfyDisk.ts';
import { ComfyProcess } from './comfyProcess.ts';
import type { Scene } from './executor.ts';
import { answerOf, type Answer } from './routes.ts';
import type { SeenRequest } from './seenRequest.ts';
import { ServerSocket } from './webSockets.ts';

interface Faults {
  /** Requests that are carried out and never answered, each once. */
  readonly unanswered: Set<string>;
  /** Requests that are carried out only then. */
  readonly late: Map<string, Promise<void>>;
  /** What is answered instead of carrying a request out. */
  readonly instead: Map<string, Answer>;
  /** So many downloads break off in the middle. */
  cutDownloads: number;
  /** Downloads stand still after their first bytes. */
  stuckDownloads: boolean;
  /** The old connection of a client is cleaned up only when its new one stands (ComfyUI PR 16243). */
  slowCleanUp: boolean;
}

/** A ComfyUI server as its protocol says, with all its hazards, on a free port of this machine. */
export class ComfyServer {
  readonly disk = new ComfyDisk();
  readonly requests: SeenRequest[] = [];
  readonly faults: Faults = {
    unanswered: new Set(),
    late: new Map(),
    instead: new Map(),
    cutDownloads: 0,
    stuckDownloads: false,
    slowCleanUp: false,
  };
  readonly scene: Scene = { holds: new Set(), failures: new Map(), news: new EventEmitter() };
  readonly #streams = new Set<Duplex>();
  #process = new ComfyProcess(this.disk, this.scene);
  #http: Server | undefined;
  #port = 0;
  /** How often a client has connected. */
  connections = 0;

  static async start(): Promise<ComfyServer> {
    const server = new ComfyServer();
    server.scene.news.setMaxListeners(0);
    await server.#listen();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get process(): ComfyProcess {
    return this.#process;
  }

  /** Bodies of what was posted to a route. */
  posted(route: string): readonly Record<string, unknown>[] {
    return this.requests
      .filter((one) => one.route === `POST ${route}`)
      .map(({ body }) => JSON.parse(body.toString('utf8')) as Record<string, unknown>);
  }

  /** Execution stands still at this node class until it is released; resolves when it is reached. */
  async hold(what: string): Promise<void> {
    this.scene.holds.add(what);
    for (;;) {
      const [reached] = (await once(this.scene.news, 'reached')) as [string];
      if (reached === what) return;
    }
  }

  release(what: string): void {
    this.scene.holds.delete(what);
    this.scene.news.emit('change');
  }

  /** Every WebSocket breaks; the process lives on. */
  cutConnections(): void {
    for (const { socket } of this.#process.clients.values()) socket.cut();
  }

  async stop(): Promise<void> {
    this.#process.die();
    await this.hide();
  }

  /** Nobody reaches it any more; it works on. */
  async hide(): Promise<void> {
    const http = this.#http;
    this.#http = undefined;
    if (http === undefined) return;
    const closed = once(http, 'close');
    http.close();
    for (const stream of this.#streams) stream.destroy();
    await closed;
  }

  /** The process dies, with all that was queued, and another one comes up in its place. */
  async restart(): Promise<void> {
    await this.stop();
    await this.startAgain();
  }

  async startAgain(): Promise<void> {
    this.#process = new ComfyProcess(this.disk, this.scene);
    await this.showAgain();
  }

  /** It is reached again where it was. */
  async showAgain(): Promise<void> {
    await this.#listen();
  }

  async #listen(): Promise<void> {
    const http = createServer();
    this.#http = http;
    http.on('connection', (stream) => {
      this.#streams.add(stream);
      stream.on('close', () => this.#streams.delete(stream));
    });
    http.on('request', (request, response) => {
      void this.#answer(request).then((answer) => {
        if (answer === 'none') {
          response.destroy();
          return;
        }
        const { status = 200, type = 'application/json', body } = answer;
        const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body ?? ''));
        response.writeHead(status, { 'content-type': type, 'content-length': bytes.length });
        if (answer.end === 'never') response.write(bytes.subarray(0, 8));
        else if (answer.end === 'cut')
          response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
        else response.end(bytes);
      });
    });
    http.on('upgrade', (request, stream) => {
      this.#connect(request, stream);
    });
    http.listen(this.#port, '127.0.0.1');
    await once(http, 'listening');
    this.#port = (http.address() as AddressInfo).port;
  }

  async #answer(request: IncomingMessage): Promise<Answer | 'none'> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    const path = url.pathname.replace(/^\/api(?=\/)/, '');
    const route = `${request.method ?? ''} ${path}`;
    const seen = { route, query: url.searchParams, headers: request.headers, body: Buffer.concat(chunks) };
    this.requests.push(seen);
    if (!isSameOrigin(request)) return { status: 403, body: 'forbidden' };
    await this.faults.late.get(route);
    const answer = this.faults.instead.get(route) ?? (await answerOf(this.#process, seen));
    if (this.faults.unanswered.delete(route)) return 'none';
    if (route !== 'GET /view') return answer;
    if (this.faults.stuckDownloads) return { ...answer, end: 'never' };
    if (this.faults.cutDownloads === 0) return answer;
    this.faults.cutDownloads--;
    return { ...answer, end: 'cut' };
  }

  #connect(request: IncomingMessage, stream: Duplex): void {
    const { faults } = this;
    const process = this.#process;
    const sid = new URL(request.url ?? '/', this.url).searchParams.get('clientId') ?? crypto.randomUUID();
    this.requests.push({
      route: 'GET /ws',
      query: new URLSearchParams({ clientId: sid }),
      headers: request.headers,
      body: Buffer.alloc(0),
    });
    if (!isSameOrigin(request)) {
      stream.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const socket = new ServerSocket(request, stream);
    const client = { socket, metadata: false };
    const isFirst = !process.clients.has(sid);
    this.connections++;
    process.clients.set(sid, client);
    socket.sendText({ type: 'status', data: { ...process.status(), sid } });
    if (process.clientId === sid && process.lastNode !== undefined)
      socket.sendText({ type: 'executing', data: { node: process.lastNode } });
    let heard = 0;
    socket.onText = (text) => {
      const { type } = JSON.parse(text) as { type?: string };
      // Only the first word of a client is asked for its flags.
      if (heard++ > 0 || type !== 'feature_flags') return;
      client.metadata = true;
      socket.sendText({
        type: 'feature_flags',
        data: { supports_preview_metadata: true, max_upload_size: 104857600 },
      });
      if (!isFirst && faults.slowCleanUp) process.clients.delete(sid);
    };
    socket.onClose = () => {
      // By the id of the client, whichever connection it has by now.
      if (!faults.slowCleanUp) process.clients.delete(sid);
    };
  }
}

/** As the middleware: a page of another origin is sent away. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return origin === undefined || new URL(origin).host === host;
}
