import { expect, test, vi } from 'vitest';
import { loadOnce } from './loadOnce.ts';

test('what is loaded stays, and what could not be is loaded again at the next call', async () => {
  const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('no such file'));
  load.mockResolvedValue('there');
  const loaded = loadOnce(load);
  await expect(loaded()).rejects.toThrow('no such file');
  expect(await Promise.all([loaded(), loaded()])).toEqual(['there', 'there']);
  expect(await loaded()).toBe('there');
  expect(load).toHaveBeenCalledTimes(2);
});
