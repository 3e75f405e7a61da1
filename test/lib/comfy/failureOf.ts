import type { ComfyRun } from './comfyStudio.ts';

/** How a run fails; a run that does not is told apart by its code. */
export async function failureOf({
  output,
}: Pick<ComfyRun, 'output'>): Promise<{ code: string; message: string }> {
  return output.then(
    () => ({ code: 'none', message: '' }),
    (error: unknown) => error as { code: string; message: string },
  );
}
