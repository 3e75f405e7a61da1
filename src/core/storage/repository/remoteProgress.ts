import type { WorkStep } from '../../protocol/work.ts';
import type { RemoteCall } from '../git.ts';
import type { Watch } from '../watch.ts';

/** `Uploading LFS objects:  50% (1/2), 1.0 MB | 1.0 MB/s`, `Writing objects:  50% (1/2)`. */
const said = /(Uploading LFS objects|Downloading LFS objects|Writing objects): +\d+% \((\d+)\/(\d+)\)/g;
const steps: Readonly<Record<string, WorkStep>> = {
  'Uploading LFS objects': 'uploading',
  'Downloading LFS objects': 'downloading',
  'Writing objects': 'pushing',
};

/** Reads the progress out of what Git and Git LFS say. */
export function remoteCall({ signal, tell }: Watch, first: WorkStep): RemoteCall {
  tell({ step: first });
  return {
    signal,
    onSaid: (text) => {
      const [, what = '', done, total] = [...text.matchAll(said)].at(-1) ?? [];
      const step = steps[what];
      if (step !== undefined) tell({ step, done: Number(done), total: Number(total) });
    },
  };
}
