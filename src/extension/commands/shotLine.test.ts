import { describe, expect, it } from 'vitest';
import { untranslated as t } from '../../providers/translate.ts';
import { checkShot, parseShotLine } from './shotLine.ts';

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
