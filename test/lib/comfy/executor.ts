import type { EventEmitter } from 'node:events';
import type { ComfyDisk } from './comfyDisk.ts';
import type { Graph } from './validatePrompt.ts';

export interface Item {
  readonly number: number;
  readonly id: string;
  readonly graph: Graph;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly outputs: readonly string[];
}

/** What the tests do to the prompts of a server. */
export interface Scene {
  /** Node classes, or `history`, at which execution stands still until it is released. */
  readonly holds: Set<string>;
  /** What a node of a class throws. */
  readonly failures: Map<string, { readonly type: string; readonly message: string }>;
  /** Fires `reached` with what stands still, and `change`. */
  readonly news: EventEmitter;
}

/** What running a prompt needs of its process. */
export interface Executor {
  readonly disk: ComfyDisk;
  readonly scene: Scene;
  /** What the nodes have shown, by their signatures. */
  readonly cache: Map<string, object | null>;
  readonly clientId: string | undefined;
  lastNode: string | undefined;
  readonly send: (type: string, data: object) => void;
  readonly sendPreview: (image: Uint8Array, node: string) => void;
  readonly message: (event: string, data: object) => void;
  readonly passes: (what: string) => Promise<void>;
}
