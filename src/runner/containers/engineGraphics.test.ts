import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/lib/tempFolder.ts';
import { cdiName, elsewhere, engineGraphics } from './engineGraphics.ts';

const card = { deviceId: 'GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77', index: 0 };

// What `docker info` tells of these matters; the first was recorded from Docker 20.10, the others have its form.
const plain = {
  Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
  DefaultRuntime: 'runc',
  ServerVersion: '20.10.24+dfsg1',
};
const toolkit = { ...plain, Runtimes: { ...plain.Runtimes, nvidia: { path: 'nvidia-container-runtime' } } };
const withCdi = {
  ...plain,
  CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
  DiscoveredDevices: ['0', card.deviceId, 'all'].map((name) => ({
    Source: 'cdi',
    ID: `nvidia.com/gpu=${name}`,
  })),
  ServerVersion: '28.3.0',
};
const podman = { Runtimes: { crun: { path: '/usr/bin/crun' } }, CDISpecDirs: null, BuildahVersion: '1.37.2' };

test('an engine with the runtime of NVIDIA hands its cards over', async () => {
  expect(await engineGraphics(toolkit, elsewhere)).toMatchObject({ runtime: true });
});

test('one without hands none over, and says what it has', async () => {
  const graphics = await engineGraphics(plain, elsewhere);
  expect(graphics).toMatchObject({ runtime: false, cdi: [] });
  expect(graphics.told).toBe(
    'its runtimes are io.containerd.runc.v2, runc, and it knows no CDI device of NVIDIA',
  );
  expect(cdiName(card, graphics)).toBeUndefined();
  expect((await engineGraphics({ Runtimes: null }, elsewhere)).told).toContain('no runtimes');
});

test.runIf(process.platform !== 'win32')('the hook of the toolkit is enough for Docker', async () => {
  const path = tempFolder();
  expect(await engineGraphics(plain, { path, folders: [] })).toMatchObject({ runtime: false });
  writeFileSync(join(path, 'nvidia-container-runtime-hook'), '#!/bin/sh\n', { mode: 0o755 });
  expect(await engineGraphics(plain, { path, folders: [] })).toMatchObject({ runtime: true });
});

test('by CDI a card is known by its UUID, else by its index', async () => {
  const graphics = await engineGraphics(withCdi, elsewhere);
  expect(graphics.runtime).toBe(false);
  expect(cdiName(card, graphics)).toBe(`nvidia.com/gpu=${card.deviceId}`);
  expect(cdiName({ ...card, deviceId: 'GPU-another' }, graphics)).toBe('nvidia.com/gpu=0');
  expect(cdiName({ deviceId: 'GPU-another', index: 1 }, graphics)).toBeUndefined();
});

test('Podman tells nothing of CDI, so its specifications are read; Docker reads only those it says', async () => {
  const folder = join(tempFolder(), 'cdi');
  mkdirSync(folder);
  const around = { path: '', folders: [folder] };
  expect((await engineGraphics(podman, around)).cdi).toEqual([]);
  writeFileSync(join(folder, 'other.yaml'), 'kind: intel.com/gpu\ndevices:\n- name: card0\n');
  writeFileSync(
    join(folder, 'nvidia.yaml'),
    'cdiVersion: 0.5.0\nkind: nvidia.com/gpu\ndevices:\n- containerEdits:\n    deviceNodes:\n    - path: /dev/nvidia0\n  name: "0"\n- name: all\n',
  );
  const more = { cdiVersion: '0.5.0', kind: 'nvidia.com/gpu', devices: [{ name: 'GPU-5d5b' }] };
  writeFileSync(join(folder, 'more.json'), JSON.stringify(more));
  mkdirSync(join(folder, 'folder.json'));
  expect([...(await engineGraphics(podman, around)).cdi].sort()).toEqual(
    ['0', 'GPU-5d5b', 'all'].map((name) => `nvidia.com/gpu=${name}`),
  );
  expect((await engineGraphics(plain, around)).cdi).toEqual([]);
  expect((await engineGraphics({ ...plain, CDISpecDirs: [folder] }, around)).cdi).toHaveLength(3);
  expect((await engineGraphics({ ...plain, CDISpecDirs: [folder] }, elsewhere)).cdi).toEqual([]);
});
