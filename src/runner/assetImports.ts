import { AuteurError } from '../core/errors.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { CommitState } from '../core/model/job.ts';
import type { AuteurEvent } from '../core/protocol/events.ts';
import type { Imported } from '../core/protocol/assetViews.ts';
import { ImportRequest } from '../core/protocol/importRequest.ts';
import { finishImport, type ImportEdit } from '../core/storage/imports/finishImport.ts';
import { stageImport, type ImportProgress } from '../core/storage/imports/stageImport.ts';
import { readProject } from '../core/storage/projectFiles.ts';

const tellEveryMs = 100;

export interface ImportNeeds {
  /** Makes an edit of the film, commits it where the studio does, and tells of it. */
  make(root: string, edit: () => Promise<ImportEdit>): Promise<{ edit: ImportEdit; commit?: CommitState }>;
  emit(project: ProjectId, event: AuteurEvent): void;
}

/** The imports that run in this studio, by their ids. */
export class AssetImports {
  readonly #needs: ImportNeeds;
  readonly #running = new Map<string, AbortController>();

  constructor(needs: ImportNeeds) {
    this.#needs = needs;
  }

  async run(root: string, request: ImportRequest): Promise<Imported> {
    const parsed = ImportRequest.safeParse(request);
    if (!parsed.success)
      throw new AuteurError('unexpected', { reason: parsed.error.issues[0]?.message ?? '' });
    const { id } = parsed.data;
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      return await this.#run(root, parsed.data, controller.signal);
    } finally {
      this.#running.delete(id);
    }
  }

  /** One that has ended, or takes its copies into the film already, is not cancelled any more. */
  cancel(id: string): void {
    this.#running.get(id)?.abort();
  }

  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  async #run(root: string, request: ImportRequest, signal: AbortSignal): Promise<Imported> {
    const { id } = (await readProject(root)).value;
    let toldAt = 0;
    const onProgress = (progress: ImportProgress): void => {
      const now = performance.now();
      if (now - toldAt < tellEveryMs) return;
      toldAt = now;
      this.#needs.emit(id, { type: 'import_progress', importId: request.id, ...progress });
    };
    await using staged = await stageImport(root, request, { signal, onProgress });
    const { edit, ...commit } = await this.#needs.make(root, () => finishImport(root, request, staged));
    return { summary: edit.summary, imported: edit.imported, skipped: edit.skipped, ...commit };
  }
}
