import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aFilmText } from '../../../../test/builders/aFilmText.ts';
import { beatPart, beatSheetText } from './beatSheet.ts';
import { partSource, replacePart } from './generatedPart.ts';
import { markdownText } from './markdown.ts';
import { shotListDocument, shotPart } from './shotListDocument.ts';
import { treatmentText } from './treatment.ts';

test('a treatment tells people, places and scenes', () => {
  expect(treatmentText('# The *Last* Reel', aFilmText())).toBe(`# \\# The \\*Last\\* Reel

## Characters

- **Ada**: A projectionist who hears films.
- **Emil**

## Locations

- **Booth**

## 01 Act One: Setup

The world before.

### 01/01 The last show

*INT. BOOTH - NIGHT*

Ada threads the film.  
It tears.

Hands at the projector.

Dust in the beam.

Emil in the door.

### 01/02 The empty hall

## 02 Act Two
`);
});

test('a beat sheet shows the beats in the order of the film', () => {
  expect(beatSheetText('Beats', aFilmText().beats)).toBe(`# Beats

<!-- auteur:begin beats -->
| At | Beat | What happens | Intensity | In |
| --- | --- | --- | --- | --- |
| 0 % | Opening image |  | ██░░░░░░░░ 20 % | 01 Act One: Setup |
| 100 % | Closing image | The lamp goes out. | ███░░░░░░░ 30 % |  |
<!-- auteur:end beats -->

## Notes
`);
});

test('a shot list shows the shots of each scene', () => {
  expect(shotListDocument('Shots', shotPart(aFilmText()))).toBe(`# Shots

<!-- auteur:begin shots -->
## 01 Act One: Setup

### 01/01 The last show

*INT. BOOTH - NIGHT*

| Shot | Size | Camera | Seconds | What is seen | Who | What is said |
| --- | --- | --- | --- | --- | --- | --- |
| 01/01/01 | CU | low, 35 mm | 3 | Hands at the projector. Dust in the beam. | Ada | Once more. |
| 01/01/02 |  |  |  | Emil in the door. | Ada, Emil | Emil: We're closed. (looks up) Ada: Not yet. |

### 01/02 The empty hall

No shots yet.

<!-- auteur:end shots -->

## Notes
`);
});

const notes = fc.array(fc.constantFrom('mine', '', '# Head', '| a |', '<!-- auteur -->', '- x'), {
  maxLength: 6,
});

test('an update leaves every line of the user as it is, with its line ends', () => {
  fc.assert(
    fc.property(notes, notes, fc.constantFrom('\n', '\r\n'), (above, below, eol) => {
      const old = beatPart(aFilmText().beats);
      const text = [...above, ...old, ...below].join(eol);
      const part = beatPart([]);
      expect(replacePart(text, part)).toBe([...above, ...part, ...below].join(eol));
      expect(partSource(text)).toEqual({ of: 'beats' });
    }),
  );
});

test.each([
  ['no marker', '# Beats'],
  ['no end', '<!-- auteur:begin beats -->\nx'],
  ['no begin', 'x\n<!-- auteur:end beats -->'],
  ['two parts', [...beatPart([]), ...beatPart([])].join('\n')],
  ['another end', '<!-- auteur:begin beats -->\n<!-- auteur:end shots -->'],
  ['the wrong way round', '<!-- auteur:end beats -->\n<!-- auteur:begin beats -->'],
])('a document with %s is not updated in place', (_, text) => {
  expect(replacePart(text, beatPart([]))).toBeUndefined();
});

test('no text of the film can be taken for a marker or begin a block', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (words) => {
      const text = markdownText(`${words}<!-- auteur:end beats -->`);
      expect(text).not.toMatch(/(^|[^\\])<!--/);
      expect(text).not.toMatch(/^[#+=>-]|\n/);
    }),
  );
});
