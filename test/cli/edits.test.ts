import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHome, type TestHome } from '../lib/testHome.ts';
import { auteur, auteurJson, git, makeFilm, type Place } from './auteur.ts';
import { EditReply, ErrorReply } from './shapes.ts';

let home: TestHome;
let film: Place;

beforeAll(async () => {
  home = await createTestHome();
  film = await makeFilm(home, 3);
});
afterAll(() => home.dispose());

async function say(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await auteur(film, ...args);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout.trim();
}

/** Each step builds on the one before. */
describe('editing a film in a terminal', () => {
  test('values are set by name, in any spelling of case, and each edit is a commit', async () => {
    expect(await say('set', '01/01/02', 'size=cu', 'lens=35 mm', 'dialogue=Well, well')).toBe(
      'Set: 01/01/02.',
    );
    const { shot } = (await auteurJson(film, 'show', '01/01/02')) as { shot: { shot: object } };
    expect(shot.shot).toMatchObject({ size: 'CU', lens: 35, dialogue: 'Well, well' });
    expect(await git(film, 'log', '-1', '--format=%s')).toBe('Set size, lens, dialogue of shot 01/01/02\n');
    expect(await git(film, 'status', '--porcelain')).toBe('');
    expect(await say('set', '01/01/02', 'size=CU')).toBe('Nothing to change: it is so already.');
    const changed = async (size: string) =>
      EditReply.parse(await auteurJson(film, 'set', '01/01/02', `size=${size}`)).changed;
    expect([await changed('CU'), await changed('WS')]).toEqual([false, true]);
  });

  test('an empty value takes it away, and the film itself has values too', async () => {
    await say('set', '01/01/02', 'lens=');
    await say('set', 'film', 'fps=24000/1001', 'resolution=1280x720');
    const text = await git(film, 'show', 'HEAD:project.json');
    expect(JSON.parse(text)).toMatchObject({ settings: { fps: '24000/1001', resolution: [1280, 720] } });
  });

  test.each([
    [['set', '01/01/02', 'colour=red'], 'field-unknown'],
    [['set', '01/01/02', 'size=huge'], 'value-invalid'],
    [['set', '01/01/02', 'size'], 'value-invalid'],
    [['set', 'nowhere', 'size=CU'], 'address-invalid'],
    [['set', '01/01/02', 'duration=4 min'], 'value-invalid'],
    [['add', 'shot', '01/01', 'Rain', '--lens', '35cm'], 'value-invalid'],
    [['move', '01/01/01', '--into', '01'], 'move-impossible'],
    [['move', '01/01/01', '02'], 'nodes-mixed'],
    [['delete', '09'], 'address-unknown'],
  ])('%o is refused as %s', async (args, code) => {
    const { code: exit, stdout } = await auteur(film, ...args, '--json');
    expect([1, 2]).toContain(exit);
    expect(ErrorReply.parse(JSON.parse(stdout)).error.code).toBe(code);
  });

  test('shots are put in order, moved, copied and deleted, and all of it is undone', async () => {
    expect(await say('move', '01/01/03', '--before', '01/01/01')).toBe('01/01/03 moved.');
    await say('add', 'scene', '02', 'Elsewhere');
    const moved = EditReply.parse(await auteurJson(film, 'move', '01/01/02', '--into', '02/02'));
    expect(moved.nodes).toMatchObject([{ from: '01/01/02', address: '02/02/01' }]);
    expect(await say('duplicate', '02/02')).toBe('02/02 → 02/03');
    expect(await say('delete', '02/02', '02/03')).toBe('Deleted: 02/02, 02/03.');
    for (let step = 0; step < 5; step++) await say('undo');
    const shown = await say('show');
    expect(shown.indexOf('01/01/01')).toBeLessThan(shown.indexOf('01/01/03'));
    expect(shown).toContain('01/01/02');
    expect(await say('validate')).toBe('No problems.');
    expect(await git(film, 'status', '--porcelain')).toBe('');
  });
});
