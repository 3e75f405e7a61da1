import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { systemCode } from '../../core/errors.ts';
import { readFolder } from '../../core/storage/locate.ts';
import type { RenderNodes } from './rocm.ts';

/** Where the kernel of Linux lists the cards. */
const kernelList = '/sys/class/drm';

const away = new Set(['ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP']);

/** The render nodes, by the places on the PCI bus of the cards they belong to. */
export async function readRenderNodes(folder = kernelList): Promise<RenderNodes> {
  const nodes = new Map<string, string>();
  for (const name of (await readFolder(folder)).filter((one) => /^renderD\d+$/.test(one))) {
    const place = await deviceOf(join(folder, name));
    if (place !== undefined) nodes.set(place, `/dev/dri/${name}`);
  }
  return nodes;
}

/** `0000:03:00.0`; undefined where the link leads nowhere, or to no card of that bus. */
async function deviceOf(node: string): Promise<string | undefined> {
  try {
    const place = basename(await realpath(join(node, 'device'))).toLowerCase();
    return /^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/.test(place) ? place : undefined;
  } catch (error) {
    if (away.has(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}
