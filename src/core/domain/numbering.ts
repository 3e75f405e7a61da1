import { slateCode } from '../model/address.ts';
import { RelativePath } from '../model/relativePath.ts';

/** The highest number that `parseTakeFileName` finds again. */
export const maxTakeNumber = 999_999;

export interface TakeFileName {
  readonly number: number;
  /** `_b` of `…take01_b.png`; empty for the media file itself. */
  readonly suffix: string;
  readonly extension: string;
}

/** `S01_S02_take03.png` → 3; undefined for any other file. */
export function parseTakeFileName(name: string): TakeFileName | undefined {
  const match = /^S\d{2,}_S\d{2,}_take(\d{2,6})(_[A-Za-z0-9]+)?\.([A-Za-z0-9]+)$/.exec(name);
  if (match?.[1] === undefined || match[3] === undefined) return undefined;
  return { number: Number(match[1]), suffix: match[2] ?? '', extension: match[3] };
}

/** `('S01_S02', 3)` → `S01_S02_take03`. */
export function takeBaseName(prefix: string, number: number): string {
  return `${prefix}_take${slateCode(number)}`;
}

/** Names of a take's media files in order: `…take03.png`, `…take03_b.png`, `…take03_c.exr`. */
export function takeMediaNames(prefix: string, number: number, extensions: readonly string[]): string[] {
  const base = takeBaseName(prefix, number);
  return extensions.map(
    (extension, index) => `${base}${index === 0 ? '' : `_${letters(index)}`}.${extension}`,
  );
}

/** The folder a new shot's takes go to; it is stored with the shot and never changes. */
export function shotFolder(chapter: number, scene: number, shot: number): RelativePath {
  return RelativePath.parse(
    `03_Renders/Chapter_${slateCode(chapter)}/Scene_${slateCode(scene)}/Shot_${slateCode(shot)}`,
  );
}

/** `03_Renders/Chapter_01/Scene_02/Shot_03` → `S02_S03`: the prefix stays with the folder when a shot moves. */
export function takePrefix(folder: string, fallback: { scene: number; shot: number }): string {
  const match = /Scene_(\d+)\/Shot_(\d+)$/.exec(folder);
  const scene = match?.[1]?.padStart(2, '0') ?? slateCode(fallback.scene);
  const shot = match?.[2]?.padStart(2, '0') ?? slateCode(fallback.shot);
  return `S${scene}_S${shot}`;
}

/** The shot list of a new scene, relative to the project. */
export function shotListPath(chapter: number, scene: number): RelativePath {
  return RelativePath.parse(
    `02_Source_Creative/ShotLists/Chapter_${slateCode(chapter)}_Scene_${slateCode(scene)}.shotlist.json`,
  );
}

/** 1 → `b`, 25 → `z`, 26 → `ba`. */
function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26)) + last;
}
