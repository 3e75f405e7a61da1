import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

const chunkBytes = 4 * 1024 * 1024;

export interface CopyRequest {
  readonly from: string;
  /** Must not be there yet. */
  readonly to: string;
  readonly signal: AbortSignal;
  /** So many bytes more are copied. */
  readonly onBytes: (bytes: number) => void;
}

/** Copies a file, forces it to disk and returns its SHA-256; whoever cancels removes what is there of it. */
export async function copySource({ from, to, signal, onBytes }: CopyRequest): Promise<string> {
  await using source = await open(from, 'r');
  await using copy = await open(to, 'wx', 0o644);
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(chunkBytes);
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await source.read(buffer, 0, chunkBytes);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    await writeWhole(copy, buffer.subarray(0, bytesRead));
    onBytes(bytesRead);
  }
  await copy.sync();
  return hash.digest('hex');
}

/** A disk that is nearly full may take a part. */
async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}
