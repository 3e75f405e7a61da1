import { describe, expect, it } from 'vitest';
import { layOutDialogue, speechesOf } from './dialogue.ts';

const characters = [{ name: 'Emil Brandt' }, { name: 'Ada' }];

function said(dialogue: string): string[] {
  return speechesOf({ dialogue, characters }).map(({ speaker, words }) => `${speaker}|${words}`);
}

describe('speechesOf', () => {
  it.each([
    ['on lines', 'EMIL: Come down.\nADA: No. It says so.', ['EMIL|Come down.', 'ADA|No. It says so.']],
    ['in one line', 'EMIL: Come down ADA: No', ['EMIL|Come down', 'ADA|No']],
    ['with remarks', 'OLD MAN (off): Who?\r\nADA: Me.', ['OLD MAN (off)|Who?', 'ADA|Me.']],
    ['as characters are written', 'Emil: Come.\nEmil Brandt: Now.', ['EMIL|Come.', 'EMIL BRANDT|Now.']],
    ['after words of nobody', 'A bell.\nADA: Hear it?', ['|A bell.', 'ADA|Hear it?']],
    ['in quotes', 'ADA: “Hear it?”', ['ADA|Hear it?']],
  ])('parts speakers %s', (_, dialogue, speeches) => {
    expect(said(dialogue)).toEqual(speeches);
  });

  it.each(['Who lit it?', 'Remember: lock it at 8:30.', 'He said: no.\nThen he left.'])(
    'leaves %j whole',
    (text) => {
      expect(said(text)).toEqual([`|${text.replace('\n', ' ')}`]);
    },
  );

  it('has nothing of nothing', () => {
    expect(said(' \n')).toEqual([]);
    expect(said('ADA: ')).toEqual([]);
  });
});

describe('layOutDialogue', () => {
  it('gives each speaker a row and quotes only the words', () => {
    const rows = layOutDialogue({ dialogue: 'EMIL: Come.\nADA: No.', characters }, { width: 900, rows: 3 });
    expect(rows.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['EMIL', '“Come.”'],
      ['ADA', '“No.”'],
    ]);
  });

  it('keeps within its rows', () => {
    const long = 'word '.repeat(200);
    const dialogue = `EMIL: ${long}\nADA: ${long}\nEMIL: ${long}\nADA: ${long}`;
    expect(layOutDialogue({ dialogue, characters }, { width: 600, rows: 3 })).toHaveLength(3);
    const [first, second] = layOutDialogue({ dialogue: `ADA: ${long}`, characters }, { width: 600, rows: 2 });
    expect(first?.speaker).toBe('ADA');
    expect(second).toMatchObject({ speaker: '', indent: first?.indent });
  });
});
