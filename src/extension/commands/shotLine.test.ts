import { describe, expect, it } from 'vitest';
import { untranslated as t } from '../../providers/translate.ts';
import { checkShot, checkTitle, parseShotLine } from './shotLine.ts';

describe('a shot in one line', () => {
  it.each([
    ['CU her hands', { size: 'CU', description: 'her hands' }],
    ['EWS: the sea\nat night', { size: 'EWS', description: 'the sea\nat night' }],
    ['TV flickers in the dark', { description: 'TV flickers in the dark' }],
    ['Ms Moon enters', { description: 'Ms Moon enters' }],
    ['  WS ', { description: 'WS' }],
  ])('reads %j', (line, shot) => {
    expect(parseShotLine(line)).toEqual(shot);
  });

  it('says which size it has understood', () => {
    expect(checkShot(t, 'MCU Ada').hint).toBe('medium close-up: Ada');
    expect(checkShot(t, '  ').problem).toBeDefined();
  });
});

describe('a title', () => {
  it.each(['x', '🎬'.repeat(200), ' שלום ', '-rf', 'CON', '$(id)'])('may be %j', (title) => {
    expect(checkTitle(t, title)).toEqual({});
  });

  it.each(['', ' ', '🎬'.repeat(201), 'a\u2028b', '\u200b'])('may not be %j', (title) => {
    expect(checkTitle(t, title).problem).toBeDefined();
  });
});
