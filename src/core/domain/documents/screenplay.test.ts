import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aFilmText } from '../../../../test/builders/aFilmText.ts';
import { readFountain } from '../../../../test/lib/readFountain.ts';
import type { FilmText } from './filmText.ts';
import { screenplayText } from './screenplay.ts';

const golden = `Title: The Last Reel

# Act One: Setup

= The world before.

## The last show

INT. BOOTH - NIGHT #1#

= Ada threads the film.
= It tears.

[[Shot 01/01/01, CU, low]]

Hands at the projector.

Dust in the beam.

ADA
Once more.

[[Shot 01/01/02]]

Emil in the door.

EMIL
We're closed.
(looks up)

ADA
Not yet.

## The empty hall

.THE EMPTY HALL #2#

# Act Two
`;

test('a screenplay tells chapters, scenes, shots and who says what', () => {
  expect(screenplayText('The Last Reel', aFilmText())).toBe(golden);
});

test('what is read back are the slug lines, the cues and the words', () => {
  const read = readFountain(golden);
  expect(read.headings).toEqual(['INT. BOOTH - NIGHT', 'THE EMPTY HALL']);
  expect(read.numbers).toEqual(['1', '2']);
  expect(read.speeches).toEqual([
    { cue: 'ADA', words: ['Once more.'] },
    { cue: 'EMIL', words: ["We're closed.", '(looks up)'] },
    { cue: 'ADA', words: ['Not yet.'] },
  ]);
  expect(read.sections).toEqual(['Act One: Setup', 'The last show', 'The empty hall', 'Act Two']);
});

test('who speaks may be called by the first name, where only one is called so', () => {
  const film = aFilmText();
  const [chapter] = film.chapters;
  const [scene] = chapter?.scenes ?? [];
  const [shot] = scene?.shots ?? [];
  if (chapter === undefined || scene === undefined || shot === undefined) throw new Error('no shot');
  const characters = ['Ida Marlow', 'Otto Brandt', 'Otto Noor'];
  const dialogue = 'IDA: Half past eight.\nOtto Noor: Already?\notto: Which of us?';
  const said = { ...shot, characters, dialogue };
  const chapters = [{ ...chapter, scenes: [{ ...scene, shots: [said] }] }];
  expect(readFountain(screenplayText('Film', { ...film, chapters })).speeches).toEqual([
    { cue: 'IDA MARLOW', words: ['Half past eight.'] },
    { cue: 'OTTO NOOR', words: ['Already?', 'otto: Which of us?'] },
  ]);
});

const tricky = fc
  .array(
    fc.constantFrom('#', '=', '.', '@', '>', '~', '!', '[[', ']]', '/*', '*/', '^', 'INT. ', 'ADA', 'a', ' '),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((parts) => `${parts.join('')}x`);

test('whatever is written in the film, each scene has one slug line and each speech one cue', () => {
  fc.assert(
    fc.property(
      fc.record({
        title: tricky,
        scene: tricky,
        location: fc.option(tricky),
        who: tricky,
        seen: tricky,
        said: tricky,
      }),
      ({ title, scene, location, who, seen, said }) => {
        const film = aFilmText();
        const [chapter] = film.chapters;
        const [first] = chapter?.scenes ?? [];
        const [shot] = first?.shots ?? [];
        if (chapter === undefined || first === undefined || shot === undefined) throw new Error('no shot');
        const own: FilmText = {
          ...film,
          characters: [{ name: who }],
          chapters: [
            {
              ...chapter,
              title,
              synopsis: seen,
              scenes: [
                {
                  ...first,
                  title: scene,
                  location: location ?? undefined,
                  setting: location === null ? undefined : 'EXT',
                  shots: [{ ...shot, description: seen, characters: [who], dialogue: said }],
                },
              ],
            },
          ],
        };
        const read = readFountain(screenplayText(title, own));
        expect(read.numbers).toEqual(['1']);
        expect(read.sections).toHaveLength(2);
        expect(read.speeches).toHaveLength(1);
        expect(read.speeches[0]?.words).toHaveLength(1);
        expect(read.actions).toHaveLength(1);
      },
    ),
  );
});
