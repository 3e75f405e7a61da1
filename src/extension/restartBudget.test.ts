import { expect, it } from 'vitest';
import { RestartBudget } from './restartBudget.ts';

it('starts again at once, then slower, then not at all', () => {
  const budget = new RestartBudget();
  const delays = [0, 1, 2, 3, 4].map((second) => {
    budget.died(second * 1000);
    return budget.delay(second * 1000);
  });
  expect(delays).toEqual([0, 500, 2_000, 5_000, undefined]);
});

it('forgets deaths that are more than a minute old', () => {
  const budget = new RestartBudget();
  for (let i = 0; i < 6; i++) budget.died(0);
  expect(budget.delay(1)).toBeUndefined();
  expect(budget.delay(60_001)).toBe(0);
});
