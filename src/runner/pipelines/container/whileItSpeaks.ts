import type { ContainerEngine } from '../../containers/containerEngine.ts';

const minute = 60_000;

/** What an engine tells of its work, which is left where no news comes for so long: it may wait for somebody for ever. */
export async function* whileItSpeaks(
  engine: ContainerEngine,
  minutes: number,
  work: (engine: ContainerEngine) => AsyncIterable<unknown>,
): AsyncGenerator {
  const silent = new AbortController();
  const timer = setTimeout(() => {
    silent.abort(new Error(`no news of it came for ${minutes} minutes`));
  }, minutes * minute);
  try {
    for await (const news of work(engine.heeding(silent.signal))) {
      timer.refresh();
      yield news;
    }
  } finally {
    clearTimeout(timer);
  }
}
