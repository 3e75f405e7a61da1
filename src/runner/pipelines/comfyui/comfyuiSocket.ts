import type { Disposable } from '../../../core/events.ts';
import { readFrame, type Frame } from './frames.ts';

export interface SocketNeeds {
  readonly url: string;
  readonly onFrame: (frame: Frame) => void;
  /** The connection broke, or could not be made; it is made again by itself. */
  readonly onBreak: () => void;
  readonly retryMs: number;
  /** After so long without a word, a connection that was made again is made once more. */
  readonly quietMs: number;
}

const openState = 1;
const hello = JSON.stringify({ type: 'feature_flags', data: { supports_preview_metadata: true } });

/** What a server says of the prompts of one client. It may miss words, so it is never the truth of what became of them. */
export class ComfyuiSocket implements Disposable {
  readonly #needs: SocketNeeds;
  #socket: WebSocket | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isAgain = false;
  #heard = performance.now();
  #disposed = false;
  #onSettled = (): void => undefined;
  readonly #settled = new Promise<void>((resolve) => {
    this.#onSettled = resolve;
  });

  constructor(needs: SocketNeeds) {
    this.#needs = needs;
    this.#connect();
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === openState;
  }

  /** Resolves when the first connection stands or has failed, or after so long. */
  async settled(ms: number): Promise<void> {
    const timer = setTimeout(this.#onSettled, ms);
    await this.#settled;
    clearTimeout(timer);
  }

  /**
   * To be called from time to time while the prompt runs. When a client connects again, the server may let go of the new
   * connection as it cleans up the old one (ComfyUI PR 16243): that one stays open, and silent.
   */
  checkPulse(): void {
    if (!this.#isAgain || performance.now() - this.#heard < this.#needs.quietMs) return;
    this.#socket?.close();
    this.#heard = performance.now();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#retry);
    this.#socket?.close();
  }

  #connect(): void {
    // Without it a prompt comes to its end all the same, and only tells less on the way.
    if (!('WebSocket' in globalThis)) {
      this.#onSettled();
      return;
    }
    const socket = new WebSocket(this.#needs.url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.addEventListener('open', () => {
      // It counts only as the first word.
      socket.send(hello);
      this.#onSettled();
      if (this.#disposed) socket.close();
    });
    socket.addEventListener('message', ({ data }: { data: unknown }) => {
      const frame = readFrame(data);
      if (frame === undefined || this.#disposed) return;
      // The status comes to everybody, and says nothing of our prompt.
      if (frame.is === 'preview' || frame.event.type !== 'status') this.#heard = performance.now();
      this.#needs.onFrame(frame);
    });
    // Each end is told as a close, whether it was open or not.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', () => {
      this.#connectAgain();
    });
  }

  #connectAgain(): void {
    if (this.#disposed) return;
    this.#isAgain = true;
    this.#onSettled();
    this.#needs.onBreak();
    this.#retry = setTimeout(() => {
      this.#connect();
    }, this.#needs.retryMs);
  }
}
