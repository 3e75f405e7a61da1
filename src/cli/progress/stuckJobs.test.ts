import { expect, test } from 'vitest';
import { aJobView } from '../../../test/builders/aJobView.ts';
import { StuckJobs } from './stuckJobs.ts';

const error = { code: 'no-permission', message: 'It may not be written.', hint: 'Check who owns it.' };

test('why takes wait to be recorded is said once for each reason, with what to do', () => {
  const said: string[] = [];
  const stuck = new StuckJobs((text) => said.push(text));
  const one = aJobView({ status: 'running' });
  stuck.update([one]);
  stuck.update([{ ...one, error }]);
  stuck.update([{ ...one, error, address: '01/01/02' }]);
  stuck.update([{ ...one, error: { ...error, message: 'The disk is full.' } }]);
  expect(said).toHaveLength(2);
  expect(said[0]).toMatch(
    /^warning: .+ waits to be recorded: It may not be written\.\nhint: Check who owns it\. It goes on/,
  );
});

test('a job that fails or waits for its turn is not said to be stuck', () => {
  const said: string[] = [];
  new StuckJobs((text) => said.push(text)).update([
    aJobView({ status: 'error', error }),
    aJobView({ status: 'pending', error }),
  ]);
  expect(said).toEqual([]);
});

test('a job that is called off while it is stuck says what kept it', () => {
  const stuck = new StuckJobs(() => undefined);
  const job = aJobView({ status: 'running', error });
  stuck.update([job]);
  const cancelled = aJobView({ status: 'cancelled' });
  expect(stuck.told({ ...cancelled, id: job.id }).error).toMatchObject({
    code: 'cancelled',
    message: expect.stringContaining('It may not be written.') as string,
    hint: error.hint,
  });
  expect(new StuckJobs(() => undefined).told(cancelled)).toBe(cancelled);
});
