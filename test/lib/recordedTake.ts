import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Take } from '../../src/core/model/take.ts';
import { formatJson } from '../../src/core/storage/jsonFile.ts';
import { allScenes, readProject, shotsOf, type PlacedShot } from '../../src/core/storage/projectFiles.ts';
import { aTake } from '../builders/aTake.ts';

/** The shots of a film, in order. */
export async function shotsIn(root: string): Promise<readonly PlacedShot[]> {
  const { value } = await readProject(root);
  return (await Promise.all(allScenes(value).map((scene) => shotsOf(root, scene)))).flat();
}

export interface WrittenTake {
  readonly take: Take;
  /** Relative to the project. */
  readonly media: string;
  readonly sidecar: string;
}

/** A take as the recorder leaves it before its commit: sidecar and media, in the folder of its shot. */
export async function writeTake(
  root: string,
  { placed, number, content = `picture ${number}` }: { placed: PlacedShot; number: number; content?: string },
): Promise<WrittenTake> {
  const { shot, address } = placed;
  const prefix = `S01_S${String(shot.number).padStart(2, '0')}_take${String(number).padStart(2, '0')}`;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const file = { name: `${prefix}.png`, mediaType: 'image/png', bytes: Buffer.byteLength(content), sha256 };
  const take = aTake({ id: `${shot.id}-${number}`, shotId: shot.id, address, number, files: [file] });
  await mkdir(join(root, shot.folder), { recursive: true });
  const [media, sidecar] = [`${shot.folder}/${prefix}.png`, `${shot.folder}/${prefix}.json`];
  await writeFile(join(root, media), content);
  await writeFile(join(root, sidecar), formatJson(take));
  return { take, media, sidecar };
}

/** Nobody cancels, nobody listens. */
export function quiet() {
  return { signal: new AbortController().signal, tell: () => undefined };
}
