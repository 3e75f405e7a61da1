import * as z from 'zod';
import { jsonOf } from '../../jsonOf.ts';
import { mostFrameBytes } from './limits.ts';

const Text = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) });

/** What a server says of a prompt, unasked. */
export interface ServerEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export type Frame =
  | { readonly is: 'event'; readonly event: ServerEvent }
  | { readonly is: 'preview'; readonly image: Uint8Array; readonly promptId?: string };

const PreviewMetadata = z.looseObject({ prompt_id: z.string().optional() });

/** Kinds of binary frames; others are of no use here. */
const [previewFrame, previewWithMetadata] = [1, 4];

/**
 * What one frame says; undefined where it says nothing we know, whatever it holds. One that is too large is not looked
 * into: what became of the prompt is asked for anyway.
 */
export function readFrame(data: unknown): Frame | undefined {
  if (typeof data === 'string') return data.length > mostFrameBytes ? undefined : readText(data);
  if (!(data instanceof ArrayBuffer) || data.byteLength > mostFrameBytes) return undefined;
  return readBinary(data);
}

function readText(text: string): Frame | undefined {
  const parsed = Text.safeParse(jsonOf(text));
  return parsed.success ? { is: 'event', event: parsed.data } : undefined;
}

/** Four bytes say what it is; the picture follows its format, or a length and what is said of it. */
function readBinary(data: ArrayBuffer): Frame | undefined {
  if (data.byteLength <= 8) return undefined;
  const view = new DataView(data);
  const kind = view.getUint32(0);
  if (kind === previewFrame) return { is: 'preview', image: new Uint8Array(data, 8) };
  if (kind !== previewWithMetadata) return undefined;
  const length = view.getUint32(4);
  if (8 + length >= data.byteLength) return undefined;
  const metadata = PreviewMetadata.safeParse(jsonOf(Buffer.from(data, 8, length).toString('utf8')));
  if (!metadata.success) return undefined;
  const { prompt_id } = metadata.data;
  const image = new Uint8Array(data, 8 + length);
  return { is: 'preview', image, ...(prompt_id === undefined ? {} : { promptId: prompt_id }) };
}
