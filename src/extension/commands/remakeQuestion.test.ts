import { expect, test } from 'vitest';
import { untranslated as t } from '../../providers/translate.ts';
import { remakeQuestion } from './remakeQuestion.ts';

const aShot = (address: string) => ({ address, number: 1 });

test('one stale take is one take, and its shot is named', () => {
  expect(remakeQuestion(t, [aShot('01/01/01')], ['A clock'])).toEqual({
    question: 'Generate 1 take, for the shot that shows a stale one?',
    detail: '01/01/01  A clock (take 01)',
  });
});

test('several are counted, each on a line of its own', () => {
  expect(remakeQuestion(t, [aShot('01/01/01'), aShot('01/01/02')], ['A clock', 'A train'])).toEqual({
    question: 'Generate 2 takes, one for each shot that shows a stale one?',
    detail: '01/01/01  A clock (take 01)\n01/01/02  A train (take 01)',
  });
});
