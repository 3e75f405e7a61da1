import { expect, test } from 'vitest';
import { aJobView } from '../../test/builders/aJobView.ts';
import { failedTakes } from './failedTakes.ts';
import { untranslated as t } from './translate.ts';

const error = { code: 'container-failed', message: 'It ended with 1.', hint: 'Look at its log.' } as const;
const container = { id: 'flux', kind: 'container', version: '1' } as const;

test('one take that failed is named with its reason, and its log where it has one', () => {
  const job = aJobView({ status: 'error', error, pipeline: container });
  expect(failedTakes(t, [job])).toEqual({
    message: `The take of ${job.address} failed: It ended with 1. Look at its log.`,
    logOf: job.id,
  });
  const drawn = aJobView({ status: 'error', error, pipeline: { ...container, kind: 'storyboard' } });
  expect(failedTakes(t, [drawn])).not.toHaveProperty('logOf');
});

test('many are counted, and the first of them is told', () => {
  const jobs = [1, 2, 3].map(() => aJobView({ status: 'error', error, pipeline: container }));
  expect(failedTakes(t, jobs)?.message).toMatch(/^3 takes failed\. [\d/]+: It ended with 1\./);
  expect(failedTakes(t, [])).toBeUndefined();
});

test('nothing in a reason turns the line or hides in it', () => {
  const hidden = { ...error, message: 'left \u202Ethgir' };
  expect(failedTakes(t, [aJobView({ status: 'error', error: hidden })])?.message).not.toContain('\u202E');
});
