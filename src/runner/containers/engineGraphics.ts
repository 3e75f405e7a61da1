import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { systemCode } from '../../core/errors.ts';
import { readFolder } from '../../core/storage/locate.ts';
import { findProgram } from '../media/findProgram.ts';

const listed = z
  .array(z.string())
  .nullish()
  .transform((all) => all ?? []);

/** What an engine tells of itself, as far as cards are concerned. */
const Info = z.object({
  Runtimes: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((all) => Object.keys(all ?? {})),
  CDISpecDirs: listed,
  DiscoveredDevices: z
    .array(z.object({ ID: z.string() }))
    .nullish()
    .transform((all) => (all ?? []).map(({ ID }) => ID)),
  /** Only Podman tells it, whose folders of CDI are the usual ones and are not told. */
  BuildahVersion: z.string().optional(),
});

const usualFolders = ['/etc/cdi', '/var/run/cdi'];
const nvidiaDevice = 'nvidia.com/gpu=';
/** Docker looks for it where it starts, and needs no runtime where it is. */
const hook = 'nvidia-container-runtime-hook';
const programFolders = '/usr/bin:/usr/local/bin:/usr/sbin:/usr/local/nvidia/toolkit';

/** How an engine hands NVIDIA cards to its containers. */
export interface EngineGraphics {
  /** By NVIDIA's runtime or hook, which knows cards by index and UUID. */
  readonly runtime: boolean;
  /** By the Container Device Interface: the devices it knows, by their whole names. */
  readonly cdi: readonly string[];
  /** What there is, in words. */
  readonly told: string;
}

/** Where to look on this machine beside asking the engine; nowhere where the engine is elsewhere. */
export interface Surroundings {
  readonly path: string;
  readonly folders: readonly string[];
}

export const thisMachine: Surroundings = { path: programFolders, folders: usualFolders };
export const elsewhere: Surroundings = { path: '', folders: [] };

/** @param info what the engine answers to `docker info` */
export async function engineGraphics(info: unknown, around: Surroundings): Promise<EngineGraphics> {
  const { Runtimes, CDISpecDirs, DiscoveredDevices, BuildahVersion } = Info.parse(info);
  const hasHook = around.path !== '' && (await findProgram(hook, around.path)) !== undefined;
  const folders =
    BuildahVersion === undefined ? CDISpecDirs.filter(() => around.folders.length > 0) : around.folders;
  const cdi = [...DiscoveredDevices, ...(await devicesIn(folders))].filter((id) =>
    id.startsWith(nvidiaDevice),
  );
  const runtimes =
    Runtimes.length === 0 ? 'it tells of no runtimes' : `its runtimes are ${Runtimes.join(', ')}`;
  return {
    runtime: hasHook || Runtimes.some((name) => name.startsWith('nvidia')),
    cdi: [...new Set(cdi)],
    told: `${runtimes}, and it knows ${cdi.length === 0 ? 'no CDI device of NVIDIA' : cdi.join(', ')}`,
  };
}

/** The devices that specifications of CDI name, YAML or JSON: only the names are looked at. */
async function devicesIn(folders: readonly string[]): Promise<readonly string[]> {
  const devices: string[] = [];
  for (const folder of folders) {
    for (const name of (await readFolder(folder)).filter((one) => /\.(ya?ml|json)$/.test(one))) {
      const text = await textOf(join(folder, name));
      if (!/kind"?:\s*"?nvidia\.com\/gpu\b/.test(text)) continue;
      for (const [, device = ''] of text.matchAll(/\bname"?:\s*"?([\w:.-]+)/g))
        devices.push(nvidiaDevice + device);
    }
  }
  return devices;
}

const unreadable = new Set(['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR']);

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (unreadable.has(systemCode(error) ?? '')) return '';
    throw error;
  }
}

/** A card as CDI names it, among those the engine knows; undefined where it knows it not. */
export function cdiName(
  { deviceId, index }: { readonly deviceId: string; readonly index?: number },
  { cdi }: Pick<EngineGraphics, 'cdi'>,
): string | undefined {
  const names = [deviceId, ...(index === undefined ? [] : [String(index)])].map(
    (name) => nvidiaDevice + name,
  );
  return names.find((name) => cdi.includes(name));
}
