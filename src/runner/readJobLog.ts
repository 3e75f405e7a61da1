import { open, type FileHandle } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { withoutControls } from '../core/domain/legible.ts';
import { systemCode } from '../core/errors.ts';
import type { JobLogPiece } from '../core/protocol/jobLogPiece.ts';
import { isActive } from '../core/protocol/jobState.ts';
import type { JobView } from '../core/protocol/views.ts';
import { logFileOf } from './pipelines/container/jobLogs.ts';

const pieceBytes = 1024 * 1024;
const newline = 0x0a;

/**
 * What a job has printed from there on, up to a megabyte of whole lines.
 * @param from in bytes; without one, the end of the log is what is wanted
 */
export async function readJobLog(home: string, job: JobView, from?: number): Promise<JobLogPiece> {
  const file = logFileOf(home, job.id);
  const handle = await openLog(file);
  if (handle === undefined) return { job, from: 0, next: 0, text: '' };
  try {
    const { size } = await handle.stat();
    const start = from === undefined ? await startOfEnd(handle, size) : from > size ? 0 : from;
    const bytes = wholeLines(await read(handle, { start, size }), !isActive(job));
    return { job, file, from: start, next: start + bytes.length, text: legibleLog(bytes.toString('utf8')) };
  } finally {
    await handle.close();
  }
}

async function openLog(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Where the first whole line of the last piece begins. */
async function startOfEnd(handle: FileHandle, size: number): Promise<number> {
  if (size <= pieceBytes) return 0;
  const start = size - pieceBytes;
  return start + (await read(handle, { start, size })).indexOf(newline) + 1;
}

async function read(
  handle: FileHandle,
  { start, size }: { readonly start: number; readonly size: number },
): Promise<Buffer> {
  const most = Math.min(pieceBytes, size - start);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(most), 0, most, start);
  return buffer.subarray(0, bytesRead);
}

/** What is still being written may end amid a line. */
function wholeLines(bytes: Buffer, isWhole: boolean): Buffer {
  const end = bytes.lastIndexOf(newline) + 1;
  const isFull = bytes.length === pieceBytes;
  if ((isWhole && !isFull) || (isFull && end === 0)) return bytes;
  return bytes.subarray(0, end);
}

function legibleLog(text: string): string {
  return text
    .split('\n')
    .map((line) => withoutControls(stripVTControlCharacters(line).replaceAll('\t', '    ')))
    .join('\n');
}
