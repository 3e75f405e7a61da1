import { AuteurError } from '../core/errors.ts';
import { Emitter } from '../core/events.ts';
import type { WorkPort } from '../core/ports/work.ts';
import {
  WorkRequest,
  type WorkKind,
  type WorkNews,
  type WorkProgress,
  type WorkResult,
} from '../core/protocol/work.ts';
import { exportCsv } from '../core/storage/export/exportCsv.ts';
import { exportFrames } from '../core/storage/export/exportFrames.ts';
import { packProject } from '../core/storage/archive/packProject.ts';
import { unpackProject } from '../core/storage/archive/unpackProject.ts';
import { realRoot } from '../core/storage/projectPath.ts';
import { commitFilm } from '../core/storage/repository/commitFilm.ts';
import { downloadMedia } from '../core/storage/repository/downloadMedia.ts';
import { pushFilm } from '../core/storage/repository/pushFilm.ts';
import { convertMedia } from '../core/storage/repository/convertMedia.ts';
import { duplicateProject } from '../core/storage/wholeProject/duplicateProject.ts';
import { withoutOpenDocuments } from '../core/storage/openDocuments.ts';
import { projectSummary } from '../core/storage/filmViews.ts';
import { trashProject } from '../core/storage/wholeProject/trashProject.ts';
import { validateProject } from '../core/storage/validate.ts';
import type { Watch } from '../core/storage/watch.ts';
import { mendLfs } from './doctor/mendLfs.ts';
import { commitWaitingEdits } from './doctor/waitingEdits.ts';

type WorkOf<K extends WorkKind> = Extract<WorkRequest, { kind: K }>;

/** As often as a face draws. */
const tellMs = 100;

/** The longer works of a studio, each with its progress and a way to cancel it. */
export class Works implements WorkPort {
  readonly #needs: WorksNeeds;
  readonly #running = new Map<string, AbortController>();
  readonly #ends = new Set<Promise<unknown>>();
  readonly #news = new Emitter<WorkNews>();
  readonly onWork = this.#news.event;

  constructor(needs: WorksNeeds) {
    this.#needs = needs;
  }

  async work(id: string, request: WorkRequest): Promise<WorkResult> {
    const parsed = WorkRequest.safeParse(request);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const name = issue?.path.map(String).join('.') ?? '';
      throw new AuteurError('value-invalid', { name, value: '', reason: issue?.message ?? 'wrong shape' });
    }
    const controller = new AbortController();
    this.#running.set(id, controller);
    const watch = { signal: controller.signal, tell: this.#teller(id) };
    // Commits, copies and exports are of what is on disk, all of it.
    const working = withoutOpenDocuments(() => run(parsed.data, watch, this.#needs));
    this.#ends.add(working);
    try {
      return await working;
    } finally {
      this.#ends.delete(working);
      this.#running.delete(id);
    }
  }

  async cancelWork(id: string): Promise<void> {
    this.#running.get(id)?.abort();
  }

  /** Cancels what runs, and waits until it has tidied up. */
  async stop(): Promise<void> {
    for (const controller of this.#running.values()) controller.abort();
    await Promise.allSettled(this.#ends);
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

export interface WorksNeeds {
  /** Whether what is written is committed at once, rather than left for the user's own commit. */
  readonly commits: boolean;
  /** Whether takes of a project wait or are being made. */
  readonly hasJobs: (root: string) => Promise<boolean>;
}

async function run(request: WorkRequest, watch: Watch, needs: WorksNeeds): Promise<WorkResult> {
  switch (request.kind) {
    case 'commit':
      return commit(request, watch);
    case 'push':
      return push(request, watch);
    case 'download':
      return download(request, watch);
    case 'mend':
      return mend(request, needs);
    case 'convertMedia':
      return { kind: 'convertMedia', files: await convertMedia(await realRoot(request.root), watch) };
    case 'duplicate':
      return duplicate(request, watch);
    case 'trash':
      return trash(request, needs);
    case 'pack':
      return pack(request, watch);
    case 'unpack':
      return unpack(request, watch);
    case 'exportFrames':
      return exportFrames(request.root, watch);
    case 'exportCsv':
      return exportCsv(request.root, watch);
    case 'validate':
      return { kind: 'validate', problems: await validateProject(request.root, { git: true }, watch) };
  }
}

async function commit({ root, message }: WorkOf<'commit'>, watch: Watch): Promise<WorkResult> {
  return { kind: 'commit', ...(await commitFilm(await realRoot(root), message, watch)) };
}

async function push(request: WorkOf<'push'>, watch: Watch): Promise<WorkResult> {
  return { kind: 'push', ...(await pushFilm({ ...request, root: await realRoot(request.root) }, watch)) };
}

async function download(request: WorkOf<'download'>, watch: Watch): Promise<WorkResult> {
  return { kind: 'download', files: await downloadMedia(request, watch) };
}

async function mend({ root }: WorkOf<'mend'>, { commits }: WorksNeeds): Promise<WorkResult> {
  const folder = await realRoot(root);
  const { done, left } = await mendLfs(folder, commits);
  return { kind: 'mend', done: [...done, ...(commits ? await commitWaitingEdits(folder) : [])], left };
}

async function duplicate(request: WorkOf<'duplicate'>, watch: Watch): Promise<WorkResult> {
  const source = { ...request, root: await realRoot(request.root) };
  return { kind: 'duplicate', project: await projectSummary(await duplicateProject(source, watch)) };
}

async function trash({ root: named, name }: WorkOf<'trash'>, { hasJobs }: WorksNeeds): Promise<WorkResult> {
  const root = await realRoot(named);
  return { kind: 'trash', path: await trashProject({ root, name, isBusy: () => hasJobs(root) }) };
}

async function pack({ root, file }: WorkOf<'pack'>, watch: Watch): Promise<WorkResult> {
  return { kind: 'pack', ...(await packProject(await realRoot(root), file, watch)) };
}

async function unpack(request: WorkOf<'unpack'>, watch: Watch): Promise<WorkResult> {
  return { kind: 'unpack', project: await projectSummary(await unpackProject(request, watch)) };
}
