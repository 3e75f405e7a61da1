import { describe, expect, test } from 'vitest';
import { fitsShotPattern, parseShotPattern } from './shotPattern.ts';

const film = ['01/01/01', '01/01/02', '01/02/03', '02/03/01', '02/03/03', '03/04/12'];

function numbersOf(address: string): { chapter: number; scene: number; shot: number } {
  const [chapter = 0, scene = 0, shot = 0] = address.split('/').map(Number);
  return { chapter, scene, shot };
}

function shotsOf(text: string): readonly string[] {
  const pattern = parseShotPattern(text);
  if (pattern === undefined) throw new Error(`${text} is no pattern`);
  return film.filter((address) => fitsShotPattern(pattern, numbersOf(address)));
}

describe('a pattern of shots', () => {
  test.each([
    ['01/*/*', ['01/01/01', '01/01/02', '01/02/03']],
    ['*/*/03', ['01/02/03', '02/03/03']],
    ['*/*/3', ['01/02/03', '02/03/03']],
    ['*/03/*', ['02/03/01', '02/03/03']],
    ['01/01/*', ['01/01/01', '01/01/02']],
    ['**', film],
    ['*', film],
    ['*/*/*', film],
    // As an address that ends early, it means all that is below.
    ['01/*', ['01/01/01', '01/01/02', '01/02/03']],
    ['*/03', ['02/03/01', '02/03/03']],
    ['01/**', ['01/01/01', '01/01/02', '01/02/03']],
    // Behind two stars the whole of the address is said.
    ['**/03', ['01/02/03', '02/03/03']],
    ['**/03/*', ['02/03/01', '02/03/03']],
    ['**/12', ['03/04/12']],
    ['**/**', film],
    ['01/**/03', ['01/02/03']],
    ['01/01/01/**', ['01/01/01']],
    ['09/*/*', []],
  ])('%s means what it says', (text, addresses) => {
    expect(shotsOf(text)).toEqual(addresses);
  });

  test.each(['', '01', '01/02/03', '01/a/*', '*/*/*/*', '0/*', '***', '1*', '/*', '*/', '01//*', '-1/*'])(
    '"%s" is none',
    (text) => {
      expect(parseShotPattern(text)).toBeUndefined();
    },
  );

  test('says of a scene whether a shot of it may be meant', () => {
    const pattern = parseShotPattern('02/*/03') ?? [];
    expect(fitsShotPattern(pattern, { chapter: 2, scene: 3 })).toBe(true);
    expect(fitsShotPattern(pattern, { chapter: 1, scene: 3 })).toBe(false);
    const anywhere = parseShotPattern('**/03') ?? [];
    expect(fitsShotPattern(anywhere, { chapter: 1, scene: 1 })).toBe(true);
  });

  test('of thousands of stars is read at once', () => {
    const text = Array.from({ length: 5000 }, () => '**').join('/');
    expect(shotsOf(text)).toEqual(film);
  });
});
