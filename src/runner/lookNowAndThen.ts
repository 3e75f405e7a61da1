import { toFailure } from '../core/errors.ts';

const lookMs = 5_000;

/** Looks at what was left on the cards at once, and again some seconds after that was done; the same problem is told once. */
export function lookNowAndThen(work: () => Promise<void>, log: (line: string) => void) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let problem: string | undefined;
  const look = async (): Promise<void> => {
    try {
      await work();
      problem = undefined;
    } catch (error) {
      const { message } = toFailure(error);
      if (message !== problem) log(`What was left on the cards could not be looked at: ${message}`);
      problem = message;
    }
    if (!stopped) timer = setTimeout(begin, lookMs);
  };
  let looking = Promise.resolve();
  const begin = (): void => {
    looking = look();
  };
  begin();
  const dispose = (): void => {
    stopped = true;
    clearTimeout(timer);
  };
  const stop = async (): Promise<void> => {
    dispose();
    await looking;
  };
  return { dispose, stop };
}
