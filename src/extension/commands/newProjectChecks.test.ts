import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { untranslated as t } from '../../providers/translate.ts';
import { checkName, checkWorkspace } from './newProjectChecks.ts';

const films = { workspace: '/films', taken: [{ name: 'Dawn', root: '/films/Projects/Dawn' }] };

describe('the name of a new project', () => {
  it('says which folder it becomes', () => {
    const hint = `It becomes the folder ${path.join('/films', 'Projects', 'What_Now')}`;
    expect(checkName(t, 'What: "Now"?', films)).toEqual({ hint });
  });

  it('gives a name that differs in case alone a folder that differs on every disk', () => {
    const folder = path.join('/films', 'Projects', 'dawn_2');
    expect(checkName(t, 'dawn', films)).toEqual({ hint: `It becomes the folder ${folder}` });
  });

  it('shortens the home folder', () => {
    const { hint } = checkName(t, 'Dusk', { workspace: path.join(homedir(), 'Films'), taken: [] });
    expect(hint).toContain(path.join('~', 'Films', 'Projects', 'Dusk'));
  });

  it.each(['', 'Dawn', '   ', '\u200b\u2060', 'a\u0007b', 'x'.repeat(201)])('refuses %j', (name) => {
    expect(checkName(t, name, films).problem).toBeDefined();
  });
});

describe('the workspace of a new project', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'auteur-checks-'));
  writeFileSync(path.join(folder, 'file'), '');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('takes a folder that is there', async () => {
    expect(await checkWorkspace(t, folder)).toEqual({});
  });

  it('says that a folder will be made', async () => {
    const deeper = path.join(folder, 'a', 'b');
    expect(await checkWorkspace(t, deeper)).toEqual({ hint: `The folder ${deeper} will be made.` });
  });

  it.each(['', 'films', path.join(folder, 'file'), path.join(folder, 'file', 'below')])(
    'refuses %j',
    async (typed) => {
      expect((await checkWorkspace(t, typed)).problem).toBeDefined();
    },
  );
});
