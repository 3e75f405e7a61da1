import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { RunnerConfig } from '../runnerConfig.ts';
import { askTool, detectDevices, measureFree, patientAsker, type AskTool } from './detect.ts';
import { Devices } from './devices.ts';
import { readRenderNodes } from './renderNodes.ts';

// As the tools print it, from recordings that others have published; none was made on a machine of ours.
const geforce = `0, GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77, NVIDIA GeForce RTX 4090, 24564, 23010
1, GPU-c6d4f1fa-42ec-1a2b-93c3-7f0e6a1d2f11, NVIDIA GeForce RTX 3060, 12288, 11911
`;
const a100 = '0, GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77, NVIDIA A100-SXM4-40GB, 40960, 40537\n';
const divided = `GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77)
  MIG 3g.20gb     Device  0: (UUID: MIG-c7384736-a75d-5afc-978f-d2f1294409fd)
  MIG 1g.5gb      Device  1: (UUID: MIG-28db5d8b-0bd1-5a8f-9a77-f9c1e0f3a1f5)
`;
const radeon = `WARNING: AMD GPU device(s) is/are in a low-power state. Check power control/runtime_status

{"card0": {"PCI Bus": "0000:E7:00.0", "VRAM Total Memory (B)": "25753026560", "VRAM Total Used Memory (B)": "26210304", "Card series": "Radeon RX 7900 XTX", "Card model": "0x744c", "Card vendor": "Advanced Micro Devices, Inc. [AMD/ATI]", "Card SKU": "EXT94393"}, "system": {"Driver version": "6.7.0"}}
`;
// The fields of an MI300X as `amd-smi static --asic --bus --vram --json` of ROCm 6.4 and later has them.
const instinct = `Permission needed to access required GPU device node(s):
  [/dev/kfd]
{"gpu_data": [{"gpu": 0, "asic": {"market_name": "AMD Instinct MI300X", "vendor_id": "0x1002", "device_id": "0x74a1", "target_graphics_version": "gfx942"}, "bus": {"bdf": "0000:83:00.0", "max_pcie_width": 16}, "vram": {"type": "HBM3", "vendor": "SAMSUNG", "size": {"value": 196592, "unit": "MB"}}}, {"gpu": 1, "asic": "N/A", "bus": {"bdf": "0000:84:00.0"}, "vram": {"size": "N/A"}}]}
`;
const apple = JSON.stringify({
  SPDisplaysDataType: [
    {
      _name: 'Apple M2 Max',
      spdisplays_mtlgpufamilysupport: 'spdisplays_metal3',
      spdisplays_vendor: 'sppci_vendor_Apple',
      sppci_bus: 'spdisplays_builtin',
      sppci_cores: '38',
      sppci_device_type: 'spdisplays_gpu',
      sppci_model: 'Apple M2 Max',
    },
  ],
});

interface Answers {
  readonly cards?: string;
  readonly list?: string;
  readonly rocm?: string;
  readonly amd?: string;
  readonly profiler?: string;
}

function answering({ cards = '', list = '', rocm = '', amd = '', profiler = '' }: Answers): AskTool {
  return (program, [first]) => {
    if (program === 'rocm-smi') return Promise.resolve(rocm);
    if (program === 'amd-smi') return Promise.resolve(amd);
    if (program === 'system_profiler') return Promise.resolve(profiler);
    return Promise.resolve(first === '-L' ? list : cards);
  };
}

const detect = (answers: Answers, nodes: Readonly<Record<string, string>> = {}) =>
  detectDevices(answering(answers), {
    platform: 'linux',
    renderNodes: () => Promise.resolve(new Map(Object.entries(nodes))),
  });

test('NVIDIA cards by index, of the size they are sold as', async () => {
  expect(await detect({ cards: geforce, list: 'GPU 0: NVIDIA GeForce RTX 4090 (UUID: GPU-5d5b)\n' })).toEqual(
    [
      {
        id: 'gpu0',
        lane: 'GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77',
        index: 0,
        name: 'NVIDIA GeForce RTX 4090',
        vramGb: 24,
        access: 'nvidia',
        deviceId: 'GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77',
      },
      {
        id: 'gpu1',
        lane: 'GPU-c6d4f1fa-42ec-1a2b-93c3-7f0e6a1d2f11',
        index: 1,
        name: 'NVIDIA GeForce RTX 3060',
        vramGb: 12,
        access: 'nvidia',
        deviceId: 'GPU-c6d4f1fa-42ec-1a2b-93c3-7f0e6a1d2f11',
      },
    ],
  );
});

test('a divided card is only used by its parts', async () => {
  expect(await detect({ cards: a100, list: divided })).toMatchObject(
    [
      { id: 'gpu0.0', name: 'NVIDIA A100-SXM4-40GB 3g.20gb', vramGb: 20, deviceId: /^MIG-c7384736/ },
      { id: 'gpu0.1', name: 'NVIDIA A100-SXM4-40GB 1g.5gb', vramGb: 5, deviceId: /^MIG-28db5d8b/ },
    ].map((card) => ({ ...card, deviceId: expect.stringMatching(card.deviceId) as string })),
  );
});

test.each([
  ['nothing', ''],
  ['a message', 'NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.\n'],
  [
    'a mismatch',
    'Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 550.54\n',
  ],
  ['no cards', 'No devices were found\n'],
  ['memory that is not told', '0, GPU-5d5ba0d6, NVIDIA GB10, [N/A], [N/A]\n'],
  ['memory of nought', '0, GPU-5d5ba0d6, Broken, 0, 0\n'],
  ['half a line', '0, GPU-5d5ba0d6, NVIDIA Gef'],
  ['garbage', `\u0000\u0001,,,,,,\n${'x'.repeat(10_000)}\n[[[{"card0": "}`],
])('no card is made of %s', async (_, text) => {
  expect(await detect({ cards: text, list: text, rocm: text, amd: text })).toEqual([]);
  expect(await detectDevices(answering({ profiler: text }), { platform: 'darwin' })).toEqual([]);
  expect(await measureFree(answering({ cards: text }))).toEqual(new Map());
});

test('one card that does not tell its memory hides no other', async () => {
  const cards = await detect({ cards: `0, GPU-aaaa, NVIDIA, Special, [N/A], [N/A]\n${geforce}` });
  expect(cards.map(({ id }) => id)).toEqual(['gpu0', 'gpu1']);
});

test('AMD cards, after whatever warnings, each with the render node of its place on the bus', async () => {
  const node = '/dev/dri/renderD129';
  const nodes = { '0000:00:02.0': '/dev/dri/renderD128', '0000:e7:00.0': node };
  const [card] = await detect({ rocm: radeon }, nodes);
  expect(card).toEqual({
    ...{ id: 'amd0', lane: node, name: 'Radeon RX 7900 XTX', vramGb: 24, access: 'rocm', deviceId: node },
  });
  expect(await detect({ amd: instinct }, { '0000:83:00.0': node })).toMatchObject([
    { id: 'amd0', name: 'AMD Instinct MI300X', vramGb: 192, deviceId: node },
  ]);
  const older = JSON.stringify(
    (JSON.parse(instinct.slice(instinct.indexOf('{'))) as { gpu_data: [] }).gpu_data,
  );
  expect(await detect({ amd: older }, { '0000:83:00.0': node })).toHaveLength(1);
});

test.each([
  ['another place', { '0000:00:02.0': '/dev/dri/renderD128' }],
  ['no place', {}],
])('an AMD card whose render node is at %s is handed to no container', async (_, nodes) => {
  expect(await detect({ rocm: radeon }, nodes)).toMatchObject([
    { id: 'amd0', lane: '0000:e7:00.0', unusable: expect.stringContaining('render node') as string },
  ]);
});

// Folders of Windows have no colon in their names.
test.runIf(process.platform !== 'win32')('render nodes as the kernel of Linux lists them', async () => {
  const [drm, devices] = [tempFolder(), tempFolder()];
  const nodes = {
    card0: '0000:00:02.0',
    renderD128: '0000:00:02.0',
    renderD129: '0000:E7:00.0',
    renderD130: 'amdgpu_xcp_30',
  };
  for (const [node, place] of Object.entries(nodes)) {
    mkdirSync(join(devices, place), { recursive: true });
    mkdirSync(join(drm, node));
    symlinkSync(join(devices, place), join(drm, node, 'device'));
  }
  mkdirSync(join(drm, 'renderD131'));
  symlinkSync(join(devices, 'gone'), join(drm, 'renderD131', 'device'));
  expect([...(await readRenderNodes(drm))].sort()).toEqual([
    ['0000:00:02.0', '/dev/dri/renderD128'],
    ['0000:e7:00.0', '/dev/dri/renderD129'],
  ]);
  expect(await readRenderNodes(join(drm, 'nowhere'))).toEqual(new Map());
});

test('of the memory of an Apple processor three quarters are for graphics', async () => {
  const machine = { platform: 'darwin', memoryBytes: 32 * 1024 ** 3 } as const;
  expect(await detectDevices(answering({ profiler: apple }), machine)).toEqual([
    {
      ...{ id: 'apple0', lane: 'apple0', name: 'Apple M2 Max', vramGb: 24, access: 'none', deviceId: '0' },
      unusable: expect.stringContaining('Apple') as string,
    },
  ]);
});

test('free memory is known by UUID and by index; a card that does not tell has none', async () => {
  const free = await measureFree(answering({ cards: geforce.replace('11911', '[N/A]') }));
  expect([...free]).toEqual([
    ['GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77', 23_010],
    ['0', 23_010],
  ]);
});

test('cards as the queue hands them out, with what is free of them, measured now and then', async () => {
  const [first, second] = [
    'GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77',
    'GPU-c6d4f1fa-42ec-1a2b-93c3-7f0e6a1d2f11',
  ];
  let measured = 0;
  const tools = {
    detect: () => detect({ cards: geforce }),
    measureFree: () => {
      measured++;
      return measureFree(answering({ cards: geforce }));
    },
  };
  const devices = new Devices(new RunnerConfig(tempFolder()), tools);
  const cards = [
    { id: first, name: 'NVIDIA GeForce RTX 4090', vramMb: 24_576, freeMb: 23_010 },
    { id: second, name: 'NVIDIA GeForce RTX 3060', vramMb: 12_288, freeMb: 11_911 },
  ];
  expect([await devices.cards(), await devices.cards()]).toEqual([cards, cards]);
  expect(measured).toBe(1);
});

test.runIf(process.platform !== 'win32')('a tool that is not there or fails says nothing', async () => {
  const folder = tempFolder();
  const path = process.env['PATH'];
  process.env['PATH'] = `${folder}${delimiter}${path ?? ''}`;
  onTestFinished(() => {
    process.env['PATH'] = path;
  });
  writeFileSync(join(folder, 'nvidia-smi'), '#!/bin/sh\necho "0, GPU-a, Card, 8192, 1"\nexit 9\n');
  chmodSync(join(folder, 'nvidia-smi'), 0o755);
  expect(await askTool('nvidia-smi', [])).toBe('');
  expect(await askTool('no-such-tool-of-any-driver', [])).toBe('');
});

test('a tool that not even ends when it is killed is given up, and not asked again until it has ended', async () => {
  const ends: (() => void)[] = [];
  let givenUp = 0;
  const ask = patientAsker(() => {
    const answer = new Promise<string>((resolve) => {
      ends.push(() => resolve('late'));
    });
    return { answer, giveUp: () => (givenUp += 1) };
  }, 10);
  expect(await ask('nvidia-smi', ['-L'])).toBe('');
  expect(await ask('nvidia-smi', ['-L'])).toBe('');
  expect([ends.length, givenUp]).toEqual([1, 1]);
  await ask('nvidia-smi', ['-q']);
  expect(ends.length).toBe(2);
  ends[0]?.();
  await turn();
  void ask('nvidia-smi', ['-L']);
  expect(ends.length).toBe(3);
});

test('where looking for cards failed the next look tries once more', async () => {
  const found = [
    { id: 'gpu0', lane: 'gpu0', name: 'Card', vramGb: 8, access: 'none', deviceId: '0', index: 0 },
  ];
  let looks = 0;
  const devices = new Devices(new RunnerConfig(tempFolder()), {
    detect: async () => {
      looks += 1;
      if (looks === 1) throw new Error('no folder of devices');
      return found as never;
    },
    measureFree: () => Promise.resolve(new Map<string, number>()),
  });
  await expect(devices.list()).rejects.toThrow('no folder');
  expect(await devices.list()).toEqual(found);
});
