import { RunEnd } from '../../core/ports/pipeline.ts';

/** Whether a run is to end because its job goes on elsewhere, so that what it started may run on. */
export function isHandedBack({ reason }: { readonly reason?: unknown }): boolean {
  return reason instanceof RunEnd && reason.why === 'handed-back';
}

/** Aborts when the run is to end because its job goes on elsewhere, and only then. */
export function whenHandedBack(run: AbortSignal): AbortSignal {
  const leaving = new AbortController();
  const look = (): void => {
    if (isHandedBack(run)) leaving.abort(run.reason);
  };
  if (run.aborted) look();
  else run.addEventListener('abort', look, { once: true });
  return leaving.signal;
}
