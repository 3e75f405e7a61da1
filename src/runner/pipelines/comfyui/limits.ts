const megabyte = 1024 ** 2;

/** The most bytes of what a server sends that are taken: nothing it says fills our memory or the disk. */
export interface Limits {
  /** A plain answer. */
  readonly answer: number;
  /** One that holds the workflows of others too, or what was wrong with one. */
  readonly list: number;
  /** One output. */
  readonly file: number;
}

export const usualLimits: Limits = {
  answer: megabyte,
  list: 64 * megabyte,
  file: 16 * 1024 * megabyte,
};

/** A word on the connection; a preview may be as large as a picture. */
export const mostFrameBytes = 16 * megabyte;

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

interface Answer {
  readonly body: { getReader(): Reader } | null;
}

/** The bytes of an answer; where there are more than these, `onMore` throws. */
export async function* chunksUpTo(
  { body }: Answer,
  most: number,
  onMore: () => never,
): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) return;
      bytes += value.length;
      if (bytes > most) onMore();
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

/** In words, for whoever has to do something about it. */
export function sizeOf(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3;
  return gigabytes >= 1 ? `${gigabytes} GB` : `${Math.ceil(bytes / megabyte)} MB`;
}
