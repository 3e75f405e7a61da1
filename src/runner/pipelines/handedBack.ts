import { RunEnd } from '../../core/ports/pipeline.ts';

/** Whether a run is to end because its job goes on elsewhere, so that what it started may run on. */
export function isHandedBack({ reason }: { readonly reason?: unknown }): boolean {
  return reason instanceof RunEnd && reason.why === 'handed-back';
}
