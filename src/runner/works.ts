import { AuteurError } from '../core/errors.ts';
import { Emitter, type Disposable } from '../core/events.ts';
import type { WorkPort } from '../core/ports/work.ts';
import { WorkRequest, type WorkNews, type WorkProgress, type WorkResult } from '../core/protocol/work.ts';
import { exportCsv } from '../core/storage/export/exportCsv.ts';
import { exportFrames } from '../core/storage/export/exportFrames.ts';
import type { Watch } from '../core/storage/watch.ts';

/** As often as a face draws. */
const tellMs = 100;

/** The longer works of a studio, each with its progress and a way to cancel it. */
export class Works implements WorkPort, Disposable {
  readonly #running = new Map<string, AbortController>();
  readonly #news = new Emitter<WorkNews>();
  readonly onWork = this.#news.event;

  async work(id: string, request: WorkRequest): Promise<WorkResult> {
    const parsed = WorkRequest.safeParse(request);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const name = issue?.path.map(String).join('.') ?? '';
      throw new AuteurError('value-invalid', { name, value: '', reason: issue?.message ?? 'wrong shape' });
    }
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      return await run(parsed.data, { signal: controller.signal, tell: this.#teller(id) });
    } finally {
      this.#running.delete(id);
    }
  }

  async cancelWork(id: string): Promise<void> {
    this.#running.get(id)?.abort();
  }

  dispose(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#news.dispose();
  }

  #teller(id: string): (progress: WorkProgress) => void {
    let step = '';
    let at = -Infinity;
    return (progress) => {
      const now = performance.now();
      if (progress.step === step && now - at < tellMs) return;
      step = progress.step;
      at = now;
      this.#news.fire({ id, ...progress });
    };
  }
}

function run(request: WorkRequest, watch: Watch): Promise<WorkResult> {
  switch (request.kind) {
    case 'exportFrames':
      return exportFrames(request.root, watch);
    case 'exportCsv':
      return exportCsv(request.root, watch);
  }
}
