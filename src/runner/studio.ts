import { join } from 'node:path';
import { AuteurError } from '../core/errors.ts';
import { Emitter } from '../core/events.ts';
import type { JobId, ShotId } from '../core/model/ids.ts';
import type { GenerateRequest, JobFilter, Studio } from '../core/ports/studio.ts';
import type { RunnerWishes } from '../core/model/runnerSettings.ts';
import type { PipelineList, PipelineView } from '../core/protocol/pipelineViews.ts';
import type { JobLogPiece } from '../core/protocol/jobLogPiece.ts';
import type { PlannedTake } from '../core/protocol/plannedTake.ts';
import type { JobsMeant, QueuePlace, QueueView, RetrySeed } from '../core/protocol/queueView.ts';
import type { DoctorCheck, JobView, ProjectSummary } from '../core/protocol/views.ts';
import type { WorkflowPipeline, WorkflowWish } from '../core/protocol/workflowPipeline.ts';
import { requireWorkspace } from '../core/storage/libraryFolder.ts';
import { isThere } from '../core/storage/locate.ts';
import { withProjectLock } from '../core/storage/projectLock.ts';
import { nothingHere, type PipelinesHere } from '../core/storage/takeSources.ts';
import { realRoot } from '../core/storage/projectPath.ts';
import { detectDevices, measureFree } from './devices/detect.ts';
import { Devices } from './devices/devices.ts';
import { doctor } from './doctor/doctor.ts';
import { makerChecks, type MakerNeeds } from './doctor/makerChecks.ts';
import { FilmDesk } from './filmDesk.ts';
import { openFloor, type Floor, type FloorOptions } from './floor.ts';
import { readJobLog } from './readJobLog.ts';
import { defaultConcurrency } from './places.ts';
import { requirePriority } from './jobRequests.ts';
import { planTakes, type PlanNeeds } from './planTakes.ts';
import { requestedJobs } from './requestedJobs.ts';
import { retryJobs } from './retryJobs.ts';
import { addWorkflow, proposeWorkflow } from './pipelines/comfyui/addWorkflow.ts';
import { openCatalogue } from './pipelines/openCatalogue.ts';
import type { PipelineCatalogue } from './pipelines/pipelineCatalogue.ts';
import type { ChosenPipeline } from './pipelines/pipelineEntry.ts';
import { createStoryboardPipeline } from './pipelines/storyboard/storyboardPipeline.ts';
import { cardHolders } from './queue/cardHolders.ts';
import { RunnerConfig } from './runnerConfig.ts';
import { untilSettled } from './untilSettled.ts';
import { passed } from '../core/storage/steps.ts';

export interface StudioOptions {
  /** Where the built renderer, its fonts and its thread lie. */
  readonly assetsDir: string;
  /** The user's state folder, on a local disk. */
  readonly home: string;
  /** False in a folder the user does not trust: it can be browsed, nothing is run or written. */
  readonly trusted: boolean;
  /** Which jobs this process runs: those of projects it has open, or all of the machine. */
  readonly claims: 'open' | 'all';
  /** Whether edits are committed at once (command line, API) or left for the user's own commit (editor). */
  readonly edits: 'commit' | 'leave';
  readonly version: string;
  /** Where the container engine is looked for; this process's own unless said otherwise. */
  readonly env?: NodeJS.ProcessEnv;
  /** What the settings of a window say of the runner. */
  readonly runner?: RunnerWishes;
  readonly log: (line: string) => void;
  /** Once aborted, takes that were recorded earlier and not committed are left to whoever comes next. */
  readonly hurry?: FloorOptions['hurry'];
  /** Told before and after each commit of them. */
  readonly onEarlier?: FloorOptions['onEarlier'];
}

export interface RunningStudio extends Studio {
  /** Hands running jobs back, records and commits what is complete, closes the queue. */
  close(): Promise<void>;
}

/** The headless composition every face uses. */
export function createStudio(options: StudioOptions): RunningStudio {
  return new ComposedStudio(options);
}

class ComposedStudio extends FilmDesk implements RunningStudio {
  readonly #options: StudioOptions;
  readonly #storyboard: ReturnType<typeof createStoryboardPipeline>;
  readonly #config: RunnerConfig;
  readonly #devices: Devices;
  readonly #catalogue: PipelineCatalogue;
  readonly #makers: MakerNeeds;
  readonly #outdated = new Emitter<AuteurError>();
  #floor: Promise<Floor> | undefined;
  #closed = false;

  constructor(options: StudioOptions) {
    super({ trusted: options.trusted, edits: options.edits, log: options.log });
    this.#options = options;
    this.#storyboard = createStoryboardPipeline({
      assetsDir: options.assetsDir,
      threads: defaultConcurrency,
    });
    this.#config = new RunnerConfig(options.home, options.runner);
    this.#devices = new Devices(this.#config, { detect: detectDevices, measureFree });
    const parts = { storyboard: this.#storyboard, config: this.#config, devices: this.#devices };
    const { catalogue, engine } = openCatalogue({ ...options, ...parts });
    this.#catalogue = catalogue;
    this.#makers = { ...parts, catalogue, engine };
    if (options.trusted && options.claims === 'all') {
      this.#work().catch((error: unknown) => options.log(`The queue could not be opened: ${String(error)}`));
    }
  }

  override async openProject(root: string): Promise<ProjectSummary> {
    const summary = await super.openProject(root);
    if (this.#options.trusted && summary.problem === undefined) (await this.#work()).wake();
    return summary;
  }

  async generate(request: GenerateRequest): Promise<readonly JobView[]> {
    this.requireTrust();
    const { queue, wake } = await this.#work();
    const root = await realRoot(request.root);
    const priority = requirePriority(request.priority);
    const accept = (chosen: ChosenPipeline) => this.#catalogue.accept(root, chosen);
    const requested = await requestedJobs({ ...request, root }, { ...this.#planning(root), accept });
    // Under the lock no undo can take away a shot between the look at it and the job for it.
    const views = await withProjectLock(root, async () => {
      const jobs = await requested();
      passed('request.resolved');
      return queue.submit(jobs, { priority });
    });
    passed('job.accepted');
    wake();
    return views;
  }

  async planTakes(request: GenerateRequest): Promise<readonly PlannedTake[]> {
    this.requireTrust();
    const root = await realRoot(request.root);
    return planTakes({ ...request, root }, this.#planning(root));
  }

  async jobs(filter: JobFilter): Promise<readonly JobView[]> {
    if (!this.#options.trusted) return [];
    const { queue } = await this.#work();
    return queue.jobs(await withRealRoot(filter));
  }

  async jobLog(id: JobId, from?: number): Promise<JobLogPiece> {
    this.requireTrust();
    const [job] = (await this.#work()).queue.jobs({ ids: [id] });
    if (job === undefined) throw new AuteurError('job-unknown', { id });
    return readJobLog(this.#options.home, job, from);
  }

  protected override pipelinesHere = (root: string): Promise<PipelinesHere> =>
    this.#options.trusted ? this.#catalogue.here(root) : Promise.resolve(nothingHere);

  protected override isBusy = async (root: string, shot: ShotId): Promise<boolean> =>
    this.#options.trusted && (await this.#work()).queue.openShots(await realRoot(root)).has(shot);

  protected override hasJobs = async (root: string): Promise<boolean> => {
    if (!this.#options.trusted) return false;
    return (await this.#work()).queue.hasWork(await realRoot(root));
  };

  async pipelines(place: string): Promise<PipelineList> {
    this.requireTrust();
    return this.#catalogue.list(place);
  }

  async configureRunner(wishes: RunnerWishes): Promise<void> {
    this.#config.set(wishes);
  }

  async allowPipeline(place: string, id: string, shown?: string): Promise<PipelineView> {
    this.requireTrust();
    return this.#catalogue.allow(place, id, shown);
  }

  async proposeWorkflow(place: string, wish: WorkflowWish): Promise<WorkflowPipeline> {
    this.requireTrust();
    return proposeWorkflow({ ...wish, workspace: await requireWorkspace(place), home: this.#options.home });
  }

  async addWorkflow(place: string, wish: WorkflowWish): Promise<WorkflowPipeline> {
    this.requireTrust();
    return addWorkflow({ ...wish, workspace: await requireWorkspace(place), home: this.#options.home });
  }

  async cancelJob(id: JobId): Promise<JobView> {
    this.requireTrust();
    const { queue, checkClaims } = await this.#work();
    const view = queue.cancel(id);
    checkClaims();
    return view;
  }

  async cancelJobs(meant: JobsMeant): Promise<readonly JobView[]> {
    this.requireTrust();
    const { queue, checkClaims } = await this.#work();
    const cancelled = queue.cancelAll(await withRealRoot(meant));
    checkClaims();
    return cancelled;
  }

  async retryJobs(meant: JobsMeant, seed: RetrySeed): Promise<readonly JobView[]> {
    this.requireTrust();
    const { queue, wake } = await this.#work();
    const again = await retryJobs(queue, await withRealRoot(meant), seed);
    wake();
    return again;
  }

  async moveJobs(ids: readonly JobId[], place: QueuePlace): Promise<void> {
    this.requireTrust();
    if (place.to === 'priority') requirePriority(place.priority);
    (await this.#work()).queue.move(ids, place);
  }

  async pauseQueue(): Promise<void> {
    this.requireTrust();
    (await this.#work()).queue.pause();
  }

  async resumeQueue(): Promise<void> {
    this.requireTrust();
    (await this.#work()).queue.resume();
  }

  async queue(next = 0): Promise<QueueView> {
    if (!this.#options.trusted) return { paused: false, running: 0, waiting: 0, next: [] };
    return (await this.#work()).queue.view(next);
  }

  async settled(ids: readonly JobId[]): Promise<readonly JobView[]> {
    this.requireTrust();
    const { queue } = await this.#work();
    return untilSettled(ids, { queue, onOutdated: this.#outdated.event });
  }

  async doctor(folder: string, vscode?: string): Promise<readonly DoctorCheck[]> {
    this.requireTrust();
    const makers = (place: string) => makerChecks(this.#makers, place);
    return doctor({ folder, home: this.#options.home, vscode, makers });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.stopWorks();
    if (this.#floor !== undefined) await (await this.#floor).stop();
    this.#storyboard.dispose();
    this.disposeDesk();
  }

  #planning(root: string): PlanNeeds {
    const waiting = async () => {
      // Where there is no queue yet, none is made for the look.
      const isOpen = this.#floor !== undefined || (await isThere(join(this.#options.home, 'auteur.db')));
      return isOpen ? (await this.#work()).queue.openShots(root) : new Map<ShotId, number>();
    };
    const holders = () => cardHolders(this.#options.home);
    return { catalogue: this.#catalogue, devices: this.#devices, desk: this.takeDesk, waiting, holders };
  }

  #work(): Promise<Floor> {
    if (this.#closed) return Promise.reject(new AuteurError('studio-stopped', { reason: 'it was closed' }));
    this.#floor ??= this.#openFloor().catch((error: unknown) => {
      this.#floor = undefined;
      throw error;
    });
    return this.#floor;
  }

  #openFloor(): Promise<Floor> {
    const { home, version, claims, log, hurry, onEarlier } = this.#options;
    return openFloor({
      home,
      version,
      pipelineOf: (job) => this.#catalogue.of(job),
      sweep: (outcome, signal) => this.#catalogue.sweep(outcome, signal),
      lookAfter: (kept) => this.#catalogue.lookAfter(kept),
      cards: () => this.#devices.cards(),
      roots: () => (claims === 'all' ? 'all' : this.openRoots()),
      opened: () => this.openRoots(),
      onJobs: (jobs) => this.jobsChanged(jobs),
      onOutdated: (error) => {
        // The next call looks again: it may be this version's queue once more.
        this.#floor = undefined;
        this.#outdated.fire(error);
      },
      log,
      hurry,
      onEarlier,
    });
  }
}

async function withRealRoot<T extends { readonly root?: string }>(named: T): Promise<T> {
  return named.root === undefined ? named : { ...named, root: await realRoot(named.root) };
}
