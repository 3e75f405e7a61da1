import { expect, test } from 'vitest';
import { untranslated as t } from '../../providers/translate.ts';
import { cancelQuestion } from './cancelQuestion.ts';

const aJob = (projectRoot = '/film') => ({ projectRoot, address: '01/01/01' });

test.each([
  [[aJob()], 'Cancel 1 job, of shot 01/01/01?', 'Cancel It'],
  [[aJob(), aJob()], 'Cancel 2 jobs?', 'Cancel Them'],
  [[aJob(), aJob('/other'), aJob()], 'Cancel 3 jobs of 2 films?', 'Cancel Them'],
])('of %j it asks: %s', (open, question, yes) => {
  expect(cancelQuestion(t, open)).toMatchObject({ question, yes });
});
