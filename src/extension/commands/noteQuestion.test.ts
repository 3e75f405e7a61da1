import { expect, test } from 'vitest';
import { noteQuestion } from './noteQuestion.ts';

const t = (sentence: string, values: Readonly<Record<string, unknown>> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
const noted = (...notes: readonly (string | undefined)[]) =>
  noteQuestion(
    t,
    notes.map((note) => ({ review: note === undefined ? {} : { note } })),
  );

test('the note of one take is there to be changed or taken away', () => {
  const question = noted('Too dark');
  expect(question).toMatchObject({ title: 'Note', value: 'Too dark' });
  expect(question.check('')).toEqual({});
});

test('several takes show the note they share, and how many they are', () => {
  const question = noted('Too dark', 'Too dark', 'Too dark');
  expect(question).toMatchObject({ title: 'Note on 3 Takes', value: 'Too dark' });
  expect(question.check('')).toEqual({});
  expect(noted(undefined, '')).toMatchObject({ title: 'Note on 2 Takes', value: '' });
});

test.each([[['Too dark', 'Fine']], [['Too dark', undefined]], [[undefined, 'Too dark']]])(
  'of %o none is shown, and Enter alone takes none away',
  (notes) => {
    const question = noted(...notes);
    expect(question).toMatchObject({ value: '', prompt: expect.stringContaining('differ') as string });
    expect(question.check(' ')).toHaveProperty('problem');
    expect(question.check('Again')).toEqual({});
  },
);
