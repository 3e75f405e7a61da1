import * as z from 'zod';

/** What a ComfyUI server answers, as far as it is of use here. */
export const SystemStats = z.object({
  system: z.looseObject({ comfyui_version: z.string().optional() }),
  devices: z.array(z.looseObject({ name: z.string().optional(), type: z.string(), vram_total: z.number() })),
});
export type SystemStats = z.infer<typeof SystemStats>;

const ExtraData = z.looseObject({ auteur: z.string().optional() });

/** `[number, prompt id, workflow, extra data, outputs]`, in the queue and in the history. */
const QueueItem = z
  .tuple([z.number(), z.string(), z.unknown(), ExtraData], z.unknown())
  .transform(([number, id, , extra]) => ({ number, id, mark: extra.auteur }));
export type QueueItem = z.infer<typeof QueueItem>;

export const Queue = z.object({
  queue_running: z.array(QueueItem),
  queue_pending: z.array(QueueItem),
});
export type Queue = z.infer<typeof Queue>;

const StatusMessage = z.tuple([z.string(), z.unknown()]);

export const HistoryEntry = z.object({
  prompt: QueueItem,
  /** What a node shows is its own affair; what is no object shows no file. */
  outputs: z.record(z.string(), z.record(z.string(), z.unknown()).catch({})),
  status: z
    .object({ status_str: z.string(), completed: z.boolean(), messages: z.array(StatusMessage) })
    .nullish(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const History = z.record(z.string(), HistoryEntry);

const NodeError = z.looseObject({
  class_type: z.string().optional(),
  errors: z.array(
    z.looseObject({
      type: z.string(),
      message: z.string().default(''),
      details: z.string().default(''),
      extra_info: z
        .looseObject({ input_name: z.string().optional(), received_value: z.unknown().optional() })
        .nullish(),
    }),
  ),
});

/** Where there are none, older servers answer with an empty list. */
const NodeErrors = z.union([z.record(z.string(), NodeError), z.array(z.never()).transform(() => ({}))]);

export const Submitted = z.object({ prompt_id: z.string(), node_errors: NodeErrors.default({}) });

export const Rejected = z.object({
  error: z.union([
    z.string().transform((message) => ({ type: '', message, details: '', extra_info: undefined })),
    z.looseObject({
      type: z.string().default(''),
      message: z.string().default(''),
      details: z.string().default(''),
      extra_info: z.looseObject({ class_type: z.string().optional() }).nullish(),
    }),
  ]),
  node_errors: NodeErrors.default({}),
});
export type Rejected = z.infer<typeof Rejected>;

export const Uploaded = z.object({ name: z.string().min(1), subfolder: z.string().default('') });

export const ServerFile = z.looseObject({
  filename: z.string().min(1),
  subfolder: z.string().default(''),
  type: z.string().default('output'),
});
export type ServerFile = z.infer<typeof ServerFile>;

export const ExecutionError = z.looseObject({
  node_id: z.string().optional(),
  node_type: z.string().optional(),
  exception_message: z.string().default(''),
  exception_type: z.string().default(''),
});

export const CachedNodes = z.looseObject({ nodes: z.array(z.string()) });
