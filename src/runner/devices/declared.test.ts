import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { RunnerConfig } from '../runnerConfig.ts';
import { detectDevices, type AskTool } from './detect.ts';
import { Devices } from './devices.ts';

const [big, small] = ['GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77', 'GPU-c6d4f1fa-42ec-1a2b-93c3-7f0e6a1d2f11'];
const twoCards = `0, ${big}, NVIDIA GeForce RTX 4090, 24564, 23010
1, ${small}, NVIDIA GeForce RTX 3060, 12288, 11911
`;
const ask: AskTool = (program, [first]) =>
  Promise.resolve(program === 'nvidia-smi' && first !== '-L' ? twoCards : '');

interface Places {
  readonly file?: readonly object[];
  readonly window?: readonly object[] | null;
  /** Whether `nvidia-smi` is there. */
  readonly tells?: boolean;
}

/** The cards of a process whose settings say so. */
function cardsOf({ file, window, tells = true }: Places): Devices {
  const home = tempFolder();
  if (file !== undefined) writeFileSync(join(home, 'runner.json'), JSON.stringify({ devices: file }));
  return new Devices(new RunnerConfig(home, window === undefined ? {} : { devices: window }), {
    detect: () => detectDevices(tells ? ask : () => Promise.resolve(''), { platform: 'linux' }),
    measureFree: () => Promise.resolve(new Map([[big, 9000]])),
  });
}

const lanes = async (places: Places): Promise<readonly string[]> =>
  (await cardsOf(places).list()).map(({ lane }) => lane);

describe('one card is one lane', () => {
  test.each([
    ['is found', {}],
    ['is called by its index', { window: [{ id: 'gpu0', vramGb: 24 }] }],
    ['has a name of its own and an index', { window: [{ id: 'rtx', deviceId: '0', vramGb: 20 }] }],
    ['has a name of its own and a UUID', { file: [{ id: 'rtx', deviceId: big, vramGb: 24 }] }],
    ['has the beginning of a UUID', { file: [{ id: 'rtx', deviceId: 'GPU-5d5b', vramGb: 24 }] }],
    ['is called by its UUID', { window: [{ id: big, vramGb: 24 }] }],
    [
      'is called as the driver calls it',
      { window: [{ id: 'rtx', name: 'NVIDIA GeForce RTX 4090', vramGb: 24 }] },
    ],
    ['is handed over by nothing', { window: [{ id: 'gpu0', vramGb: 24, access: 'none' }] }],
    [
      'stands in both places',
      { file: [{ id: 'a', deviceId: '0', vramGb: 24 }], window: [{ id: 'gpu0', vramGb: 8 }] },
    ],
  ])('where it %s', async (_, places: Places) => {
    expect((await lanes(places))[0]).toBe(big);
  });

  test('with what is free of it, however it is called', async () => {
    const cards = await cardsOf({ window: [{ id: 'rtx', deviceId: big, vramGb: 24 }] }).cards();
    expect(cards).toEqual([{ id: big, name: 'rtx', vramMb: 24_576, freeMb: 9000 }]);
  });

  test('and one that no tool knows is what it is declared as', async () => {
    const window = [
      { id: 'first', deviceId: '0', vramGb: 8 },
      { id: 'second', deviceId: small, vramGb: 8 },
      { id: 'third', access: 'rocm', deviceId: '/dev/dri/renderD128', vramGb: 8 },
      { id: 'fourth', access: 'none', vramGb: 8 },
    ];
    const expected = ['nvidia:0', small, '/dev/dri/renderD128', 'fourth'];
    expect(await lanes({ window, tells: false })).toEqual(expected);
    expect(await lanes({ file: window, tells: false })).toEqual(expected);
  });
});

test('cards of the file count before those of a window, which says so', async () => {
  const file = [{ id: 'gpu1', vramGb: 12 }];
  const devices = cardsOf({ file, window: [{ id: 'gpu0', vramGb: 24 }] });
  expect((await devices.list()).map(({ id }) => id)).toEqual(['gpu1']);
  expect(await devices.notices()).toEqual([expect.stringContaining('runner.json') as string]);
  for (const window of [file, [{ ...file[0], access: 'nvidia' }], null, undefined])
    expect(await cardsOf(window === undefined ? { file } : { file, window }).notices()).toEqual([]);
});

test('a card is used as two only where every process of the machine knows', async () => {
  const halves = [
    { id: 'left', deviceId: '0', vramGb: 12 },
    { id: 'right', deviceId: big, vramGb: 12 },
  ];
  expect(await lanes({ file: halves })).toEqual([big, `${big}#2`]);
  expect(await lanes({ window: halves })).toEqual([big]);
  expect(await cardsOf({ window: halves }).notices()).toEqual([expect.stringContaining('"left"') as string]);
});

test.each([
  ['a name that says nothing', { id: 'rtx4090', vramGb: 24 }],
  ['an AMD card without its render node', { id: 'amd0', access: 'rocm', vramGb: 24 }],
])('%s is refused, as an engine could not be told which card is meant', async (_, declaration) => {
  await expect(cardsOf({ window: [declaration] }).list()).rejects.toMatchObject({
    code: 'runner-setting-invalid',
    message: expect.stringContaining('deviceId') as string,
  });
});

test('cards that no container gets at are handed out only where there are no others', async () => {
  const home = tempFolder();
  const card = { name: 'A', vramGb: 8, access: 'rocm' as const, deviceId: '' };
  const [hidden, usable] = [
    { ...card, id: 'h', lane: 'h', unusable: 'hidden' },
    { ...card, id: 'u', lane: 'u' },
  ];
  const cards = (found: readonly (typeof usable)[]) =>
    new Devices(new RunnerConfig(home), {
      detect: () => Promise.resolve(found),
      measureFree: () => Promise.resolve(new Map<string, number>()),
    }).cards();
  expect((await cards([hidden, usable])).map(({ id }) => id)).toEqual(['u']);
  expect((await cards([hidden])).map(({ id }) => id)).toEqual(['h']);
});
