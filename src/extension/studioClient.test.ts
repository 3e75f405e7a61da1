import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { noDocuments } from '../../test/lib/noDocuments.ts';
import { StudioClient } from './studioClient.ts';

// A thread that answers with what it was asked, and dies when told to.
const thread = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.on('message', (call) => {
  if (call.method === 'doctor') process.exit(7);
  if (call.method === 'problems') return;
  if (call.method === 'film') {
    parentPort.postMessage({ kind: 'error', id: call.id, error: { code: 'untrusted', data: {}, message: '' } });
    return;
  }
  parentPort.postMessage({ kind: 'jobs', jobs: [] });
  parentPort.postMessage({ kind: 'result', id: call.id, value: [call.method, call.args, workerData.trusted] });
  if (call.method === '$close') parentPort.close();
});`;

const folder = mkdtempSync(path.join(tmpdir(), 'auteur-client-'));
const entry = path.join(folder, 'thread.cjs');
writeFileSync(entry, thread);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let client: StudioClient | undefined;
afterEach(() => client?.close());

function aClient(trusted = true): StudioClient {
  const options = { assetsDir: folder, trusted, claims: 'open' as const, version: '0', runner: {} };
  client = new StudioClient({ entry, thread: options, documents: noDocuments, log: () => undefined });
  return client;
}

describe('StudioClient', () => {
  it('passes calls and notices', async () => {
    const studio = aClient();
    const told = new Promise((resolve) => studio.onJobs(resolve));
    expect(await studio.listProjects('/films')).toEqual(['listProjects', ['/films'], true]);
    expect(await told).toEqual([]);
  });

  it('brings errors back by their code', async () => {
    await expect(aClient().film('/films/a')).rejects.toMatchObject({ code: 'untrusted' });
  });

  it('rejects what waited when the thread dies, and starts a new one for the next call', async () => {
    const studio = aClient();
    const waiting = studio.problems('/films/a');
    const killer = studio.doctor('/films');
    await expect(waiting).rejects.toMatchObject({ code: 'studio-stopped' });
    await expect(killer).rejects.toMatchObject({ code: 'studio-stopped' });
    expect(await studio.listProjects('/films')).toEqual(['listProjects', ['/films'], true]);
  });

  it('is replaced by a trusted one when the folder is trusted', async () => {
    const studio = aClient(false);
    expect(await studio.jobs({})).toEqual(['jobs', [{}], false]);
    await studio.trust();
    expect(await studio.jobs({})).toEqual(['jobs', [{}], true]);
  });

  it('starts nothing after it was closed', async () => {
    const studio = aClient();
    await studio.close();
    await expect(studio.jobs({})).rejects.toMatchObject({ code: 'studio-stopped' });
  });
});
