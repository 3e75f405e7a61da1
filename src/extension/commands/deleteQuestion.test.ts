import { describe, expect, test } from 'vitest';
import { aShotView } from '../../../test/builders/aShotView.ts';
import { untranslated as t } from '../../providers/translate.ts';
import {
  assetsQuestion,
  deletedPart,
  namedQuestion,
  partsQuestion,
  takesQuestion,
  type DeletedPart,
} from './deleteQuestion.ts';

const aShot = (takes: number, address = '01/01/08'): DeletedPart => ({
  kind: 'shot',
  address,
  title: 'A train',
  takes,
});
const aScene = (address = '01/02'): DeletedPart => ({ kind: 'scene', address, title: 'The platform' });

describe('deleting a part', () => {
  test('says what a shot is called, however long it is, and counts its takes', () => {
    const view = aShotView(
      { description: 'A train without lights stands in the station while nobody waits for it.\nAnd waits.' },
      { takeCount: 2 },
    );
    const { question, detail } = partsQuestion(t, [deletedPart('01/01/08', { kind: 'shot', view })], 1);
    expect(question).toBe(
      'Delete shot 01/01/08, "A train without lights stands in the station while nobody…"?',
    );
    expect(detail).toBe('2 takes stay on disk, and Undo Edit brings everything back.');
  });

  test.each([
    [0, 'Undo Edit brings it back.'],
    [1, '1 take stays on disk, and Undo Edit brings everything back.'],
  ])('of a shot with %s takes: %s', (takes, detail) => {
    expect(partsQuestion(t, [aShot(takes)], 1).detail).toBe(detail);
  });

  test('does not count takes that cannot be read', () => {
    const view = aShotView({}, { problem: { code: 'file-unreadable', message: '' } });
    const { detail } = partsQuestion(t, [deletedPart('01/01/01', { kind: 'shot', view })], 1);
    expect(detail).toBe('Takes stay on disk, and Undo Edit brings everything back.');
  });

  test.each([
    [0, 'No shots are in it. Undo Edit brings it back.'],
    [1, '1 shot is in it. Its takes stay on disk, and Undo Edit brings everything back.'],
    [8, '8 shots are in it. Their takes stay on disk, and Undo Edit brings everything back.'],
  ])('of a scene with %s shots: %s', (shots, detail) => {
    expect(partsQuestion(t, [aScene()], shots)).toEqual({
      question: 'Delete scene 01/02, "The platform"?',
      detail,
    });
  });

  test('names a part that could not be read by its address', () => {
    expect(partsQuestion(t, [deletedPart('01', undefined)], 0).question).toBe('Delete 01?');
  });

  test('of several says how many, and the first few of them', () => {
    const shots = ['01', '02', '03', '04', '05', '06', '07'].map((number) => aShot(1, `01/01/${number}`));
    const [first = aShot(1), ...others] = shots;
    expect(partsQuestion(t, [first, ...others], 7)).toEqual({
      question: 'Delete 7 shots?',
      detail:
        '01/01/01  A train\n01/01/02  A train\n01/01/03  A train\n01/01/04  A train\n01/01/05  A train\n' +
        'and 2 more\n\n7 takes stay on disk, and Undo Edit brings everything back.',
    });
    expect(partsQuestion(t, [aScene(), aScene('01/03')], 1)).toEqual({
      question: 'Delete 2 scenes?',
      detail:
        '01/02  The platform\n01/03  The platform\n\n' +
        '1 shot is in them. Its takes stay on disk, and Undo Edit brings everything back.',
    });
  });
});

test('takes are named, one or several', () => {
  const take = (number: number) => ({ number, address: '01/01/03' });
  expect(takesQuestion(t, [take(2)])).toEqual({
    question: 'Delete take 2 of shot 01/01/03?',
    detail: 'Its number is never given again. Undo Edit brings it back.',
  });
  expect(takesQuestion(t, [take(1), take(2)])).toEqual({
    question: 'Delete 2 takes?',
    detail:
      'Take 1 of shot 01/01/03\nTake 2 of shot 01/01/03\n\n' +
      'Their numbers are never given again. Undo Edit brings them back.',
  });
});

test('what has a name is listed only where it is several', () => {
  expect(namedQuestion(t, 'Delete A doubt?', ['A doubt']).detail).toBe('Undo Edit brings it back.');
  expect(namedQuestion(t, 'Delete 2 beats?', ['A doubt', 'Relief']).detail).toBe(
    'A doubt\nRelief\n\nUndo Edit brings them back.',
  );
});

test('assets say where they are taken out', () => {
  expect(assetsQuestion(t, ['Ada'], []).detail).toBe('Undo Edit brings it back.');
  expect(assetsQuestion(t, ['Ada'], ['01/01', 'the film'])).toEqual({
    question: 'Delete "Ada"?',
    detail: 'It is used in 01/01, the film, and will be taken out there. Undo Edit brings everything back.',
  });
  const places = ['1', '2', '3', '4', '5', '6', '7'];
  expect(assetsQuestion(t, ['Ada', 'Emil'], places)).toEqual({
    question: 'Delete 2 assets?',
    detail:
      'Ada\nEmil\n\nThey are used in 1, 2, 3, 4, 5, and 2 more, and will be taken out there. ' +
      'Undo Edit brings everything back.',
  });
});
