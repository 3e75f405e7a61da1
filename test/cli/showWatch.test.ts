import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, git, makeFilm, start, type Place, type Running } from './auteur.ts';

let home: TestHome;
let film: Place;
let running: Running | undefined;

beforeEach(async () => {
  home = await createTestHome();
  film = await makeFilm(home, 1);
  await auteur(film, 'set', 'film', 'resolution=160x90');
});
afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended;
  await home.dispose();
});

/** What a watch has printed so far. */
function watch(...args: readonly string[]): { read: () => string } {
  running = start(film, ['show', ...args, '--watch']);
  let printed = '';
  running.child.stdout?.on('data', (text: string) => (printed += text));
  return { read: () => printed };
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 20 });

async function interrupted(): Promise<number | null | undefined> {
  running?.child.kill('SIGINT');
  return (await running?.ended)?.code;
}

test('a watch tells one object a line, of edits and takes by other processes, until Ctrl+C', async () => {
  const { read } = watch('01/01/01', '--json');
  const last = (): unknown => JSON.parse(read().trimEnd().split('\n').at(-1) ?? '');
  await eventually(() => expect(last()).toMatchObject({ takes: [] }));
  await auteur(film, 'set', '01/01/01', 'description=A kettle that has stopped');
  await eventually(() =>
    expect(last()).toMatchObject({ shot: { shot: { description: 'A kettle that has stopped' } } }),
  );
  await auteur(film, 'generate', '01/01/01');
  await eventually(() => expect(last()).toMatchObject({ takes: [{ number: 1 }] }));
  await git(film, 'checkout', '--quiet', 'HEAD~3');
  await eventually(() => expect(last()).toMatchObject({ takes: [] }));
  expect(await interrupted()).toBe(130);
});

test('a film that breaks keeps what was read last, and comes back by itself', async () => {
  const { read } = watch();
  const file = join(film.cwd, 'project.json');
  const whole = await readFile(file, 'utf8');
  await eventually(() => expect(read()).toContain('Kitchen'));
  await writeFile(file, whole.replace('"Kitchen"', '<<<<<<< "Kitchen"'));
  await eventually(() => expect(read()).toMatch(/Kitchen[^]*This was read last\. Now: /));
  await writeFile(file, whole.replace('Kitchen', 'Cellar'));
  await eventually(() => expect(read()).toMatch(/read last[^]*Cellar/));
  expect(await interrupted()).toBe(130);
});

test('a watch whose first look fails says so and ends', async () => {
  watch('09/09', '--json');
  const ended = await running?.ended;
  expect(ended?.code).toBe(1);
  expect(JSON.parse(ended?.stdout ?? '')).toMatchObject({ error: { code: 'address-unknown' } });
});
