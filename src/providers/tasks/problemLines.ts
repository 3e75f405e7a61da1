import path from 'node:path';
import { legible, withoutControls } from '../../core/domain/legible.ts';
import type { JobId, ShotId } from '../../core/model/ids.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { FoundShot, JobView } from '../../core/protocol/views.ts';

export interface ProblemNeeds {
  readonly studio: Pick<Studio, 'search'>;
  readonly root: string;
  say(line: string): void;
}

/** Why jobs failed, in lines that the problem matcher of our tasks reads: file, line, code, words. */
export class ProblemLines {
  readonly #needs: ProblemNeeds;
  readonly #known = new Set<JobId>();
  readonly #waiting: JobView[] = [];
  #telling: Promise<void> | undefined;

  constructor(needs: ProblemNeeds) {
    this.#needs = needs;
  }

  add(jobs: readonly JobView[]): void {
    const failed = jobs.filter(({ status, id }) => status === 'error' && !this.#known.has(id));
    for (const { id } of failed) this.#known.add(id);
    this.#waiting.push(...failed);
    if (this.#waiting.length > 0) this.#telling ??= this.#tellAll();
  }

  /** Everything is told. */
  async end(): Promise<void> {
    await this.#telling;
  }

  /** What fails while the film is read is told with the next look. */
  async #tellAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const places = await this.#places();
      for (const job of this.#waiting.splice(0)) this.#needs.say(this.#line(job, places.get(job.shotId)));
    }
    this.#telling = undefined;
  }

  /** A film that cannot be read keeps nobody from hearing what went wrong. */
  async #places(): Promise<ReadonlyMap<ShotId, FoundShot>> {
    try {
      const shots = await this.#needs.studio.search(this.#needs.root, '');
      return new Map(shots.map((shot) => [shot.id, shot]));
    } catch {
      return new Map();
    }
  }

  #line({ address, error }: JobView, place: FoundShot | undefined): string {
    const words = `${address}: ${error?.message ?? ''} ${error?.hint ?? ''}`.trim();
    const said = `error ${error?.code ?? 'unexpected'}: ${legible(words)}`;
    if (place === undefined) return said;
    return `${withoutControls(path.join(this.#needs.root, place.path))}:${place.line + 1}: ${said}`;
  }
}
