import * as z from 'zod';
import { AuteurError } from '../../../core/errors.ts';
import { extensionOf } from '../../../core/domain/mediaTypes.ts';
import type { ComfyuiDefinition } from '../../../core/model/comfyuiDefinition.ts';
import { CachedNodes, ServerFile, type HistoryEntry } from './answers.ts';
import { nodeName } from './rejection.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mkv: 'video/x-matroska',
  gif: 'image/gif',
  webp: 'image/webp',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  avif: 'image/avif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  exr: 'image/x-exr',
  flac: 'audio/flac',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  m4a: 'audio/mp4',
};

/** One file that a prompt has made. */
export interface MadeFile {
  readonly file: ServerFile;
  readonly node: string;
  readonly extension: string;
  readonly mediaType: string;
  readonly isMoving: boolean;
  /** Its node was not run: an earlier prompt made it. */
  readonly isCached: boolean;
}

const Files = z.array(ServerFile).min(1);
const mostFiles = 100;

/**
 * The files that are the take: what moves first, then pictures, then sound; whatever key the node lists them under. What
 * was saved counts before what was only shown.
 * @throws AuteurError `comfyui-no-output`
 */
export function madeFiles(
  { outputs, status }: HistoryEntry,
  { output, workflow }: ComfyuiDefinition,
): readonly MadeFile[] {
  const cached = new Set(
    (status?.messages ?? [])
      .filter(([event]) => event === 'execution_cached')
      .flatMap(([, data]) => CachedNodes.safeParse(data).data?.nodes ?? []),
  );
  const all = Object.entries(outputs)
    .filter(([node]) => output === undefined || node === output)
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .flatMap(([node, shown]) => filesOf(node, shown, cached.has(node)));
  const saved = all.filter(({ file }) => file.type === 'output');
  const chosen = saved.length > 0 ? saved : all.filter(({ file }) => file.type === 'temp');
  if (chosen.length > 0) return chosen.sort((a, b) => rankOf(a) - rankOf(b)).slice(0, mostFiles);
  const where = output === undefined ? 'any node' : `node ${nodeName(workflow, output)}`;
  throw new AuteurError('comfyui-no-output', { where });
}

function filesOf(
  node: string,
  shown: Readonly<Record<string, unknown>>,
  isCached: boolean,
): readonly MadeFile[] {
  const isAnimated = z.array(z.boolean()).safeParse(shown['animated']).data?.includes(true) === true;
  return Object.values(shown)
    .flatMap((value) => Files.safeParse(value).data ?? [])
    .flatMap((file) => {
      const extension = extensionOf(file.filename);
      const mediaType = mediaTypes[extension];
      if (mediaType === undefined) return [];
      const isMoving = isAnimated || mediaType.startsWith('video/') || extension === 'gif';
      return [{ file, node, extension, mediaType, isMoving, isCached }];
    });
}

function rankOf({ isMoving, mediaType }: MadeFile): number {
  if (isMoving) return 0;
  return mediaType.startsWith('image/') ? 1 : 2;
}
