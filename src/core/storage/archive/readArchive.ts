import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import { AuteurError, systemCode } from '../../errors.ts';
import { parseJsonText } from '../jsonText.ts';
import { requireWanted, type Watch } from '../watch.ts';
import { ArchiveManifest, archiveFormat, archiveManifestName } from './archiveFile.ts';

const maxManifestBytes = 64 * 1024 * 1024;

export interface ArchivedFile {
  readonly name: string;
  /** Must be called before the next one is asked for. */
  readonly writeTo: (path: string) => Promise<{ readonly sha256: string }>;
}

export interface Archive {
  readonly manifest: ArchiveManifest;
  readonly files: AsyncGenerator<ArchivedFile>;
}

/**
 * Opens an archive. Its files come in its own order, and are plain files all.
 * @throws AuteurError `archive-missing`, `archive-invalid`, `archive-newer`, `work-cancelled`
 */
export async function openArchive(file: string, watch: Watch): Promise<Archive> {
  const entries = entriesOf(file, watch);
  const first = await entries.next();
  if (first.done === true || first.value.header.name !== archiveManifestName)
    throw invalid(file, 'it was not made by "auteur project pack"');
  return { manifest: await readManifest(file, first.value), files: filesOf(file, entries, watch) };
}

async function* entriesOf(file: string, watch: Watch): AsyncGenerator<ParsedTarEntry> {
  const total = await sizeOf(file);
  let done = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _, next) {
      done += chunk.length;
      watch.tell({ step: 'unpacking', done, total });
      next(undefined, chunk);
    },
  });
  const source = createReadStream(file, { signal: watch.signal, highWaterMark: 1024 * 1024 });
  source.on('error', (error) => counting.destroy(error));
  const bytes: ReadableStream<Uint8Array> = Readable.toWeb(source.pipe(counting));
  try {
    yield* bytes.pipeThrough(createTarDecoder({ strict: true }));
  } catch (error) {
    requireWanted(watch);
    if (AuteurError.is(error)) throw error;
    throw invalid(file, error instanceof Error ? error.message : String(error), error);
  } finally {
    source.destroy();
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw invalid(file, 'it is a folder');
    return found.size;
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) throw error;
    throw new AuteurError('archive-missing', { file }, { cause: error });
  }
}

async function* filesOf(
  file: string,
  entries: AsyncGenerator<ParsedTarEntry>,
  watch: Watch,
): AsyncGenerator<ArchivedFile> {
  const seen = new Set<string>();
  for await (const { header, body } of entries) {
    const { name, type = 'file' } = header;
    if (type !== 'file') throw invalid(file, `${name} is no plain file`);
    if (seen.has(name)) throw invalid(file, `it holds ${name} twice`);
    seen.add(name);
    yield { name, writeTo: (path) => writeBody(body, path, watch) };
  }
}

async function writeBody(
  body: ReadableStream<Uint8Array>,
  path: string,
  watch: Watch,
): Promise<{ sha256: string }> {
  await mkdir(dirname(path), { recursive: true });
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _, next) {
      hash.update(chunk);
      next(undefined, chunk);
    },
  });
  const target = createWriteStream(path, { flags: 'wx', mode: 0o644 });
  await pipeline(Readable.fromWeb(body), hashing, target, { signal: watch.signal });
  return { sha256: hash.digest('hex') };
}

async function readManifest(file: string, { header, body }: ParsedTarEntry): Promise<ArchiveManifest> {
  if (header.size > maxManifestBytes) throw invalid(file, `its ${archiveManifestName} is too large`);
  const json = parseJsonText(await new Response(body).text());
  const value = 'problem' in json ? undefined : json.value;
  const parsed = ArchiveManifest.safeParse(value);
  if (formatOf(value) > archiveFormat) throw new AuteurError('archive-newer', { file });
  if (!parsed.success) throw invalid(file, `its ${archiveManifestName} cannot be read`);
  return parsed.data;
}

function formatOf(value: unknown): number {
  if (typeof value !== 'object' || value === null || !('format' in value)) return 0;
  return typeof value.format === 'number' ? value.format : 0;
}

export function invalid(file: string, reason: string, cause?: unknown): AuteurError {
  return new AuteurError('archive-invalid', { file, reason }, { cause });
}
