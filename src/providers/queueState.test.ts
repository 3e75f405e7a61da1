import { expect, it, onTestFinished } from 'vitest';
import { aJobView } from '../../test/builders/aJobView.ts';
import { Emitter } from '../core/events.ts';
import type { QueueView } from '../core/protocol/queueView.ts';
import type { JobView } from '../core/protocol/views.ts';
import { JobBoard } from './jobBoard.ts';
import { QueueState } from './queueState.ts';

const quiet: QueueView = { paused: false, running: 0, waiting: 0, next: [] };

function aState(answers: (() => QueueView)[]) {
  const news = new Emitter<readonly JobView[]>();
  const jobs = new JobBoard({ jobs: () => Promise.resolve([]), onJobs: news.event });
  const logged: string[] = [];
  const asked: QueueView[] = [];
  const studio = {
    queue: () =>
      Promise.resolve().then(() => {
        const answer = (answers.shift() ?? (() => quiet))();
        asked.push(answer);
        return answer;
      }),
  };
  const state = new QueueState({ studio, jobs, log: (line) => logged.push(line) });
  onTestFinished(() => {
    state.dispose();
  });
  return { state, news, logged, asked };
}

it('asks how the queue stands after a change, once for what comes close together', async () => {
  const { id } = aJobView();
  const paused = { ...quiet, paused: true, waiting: 1, next: [{ id, waiting: 'The queue is paused.' }] };
  const { state, news, asked } = aState([() => paused]);
  for (let change = 0; change < 20; change++) news.fire([aJobView()]);
  await expect.poll(() => state.current.paused).toBe(true);
  expect(state.reasonOf(id)).toBe('The queue is paused.');
  expect(asked).toHaveLength(1);
});

it('keeps what it knew where it cannot be asked, and says why', async () => {
  const broken = (): QueueView => {
    throw new Error('no queue');
  };
  const { state, logged } = aState([() => ({ ...quiet, paused: true }), broken]);
  await state.refresh();
  await state.refresh();
  expect(state.current.paused).toBe(true);
  expect(logged).toEqual(['queue: Error: no queue']);
});
