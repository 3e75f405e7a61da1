import { toFailure } from '../core/errors.ts';

interface Looking {
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** From the end of one look to the next. */
  readonly everyMs: number;
  readonly log: (line: string) => void;
  /** What is said of a look that failed, before why. */
  readonly failed: string;
}

/** Looks at something at once, and again some time after that was done; the same problem is told once. */
export function lookNowAndThen({ work, everyMs, log, failed }: Looking) {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let problem: string | undefined;
  const lookOnce = async (): Promise<void> => {
    try {
      await work(over.signal);
      problem = undefined;
    } catch (error) {
      if (over.signal.aborted) return;
      const { message } = toFailure(error);
      if (message !== problem) log(`${failed}: ${message}`);
      problem = message;
    }
  };
  let looking = Promise.resolve();
  const begin = (): void => {
    looking = lookOnce().then(() => {
      if (!stopped) timer = setTimeout(begin, everyMs);
    });
  };
  begin();
  /** Ends when what is under way has. */
  const stop = async (): Promise<void> => {
    stopped = true;
    clearTimeout(timer);
    await looking;
  };
  return {
    stop,
    /** What is under way may not know yet what has just ended. */
    stopAfterOneMore: async (): Promise<void> => {
      await stop();
      await lookOnce();
    },
    /** Does not wait for it. */
    dispose: (): void => {
      stopped = true;
      clearTimeout(timer);
      over.abort();
    },
  };
}
