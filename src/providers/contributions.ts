import type { AssetId, JobId, ShotId } from '../core/model/ids.ts';
import type { PipelineAt } from '../core/protocol/pipelineViews.ts';
import type { RetrySeed } from '../core/protocol/queueView.ts';

/** A place in a film; every node of the Projects tree is one. */
export interface PlaceRef {
  readonly root: string;
  /** Missing for the project itself. */
  readonly address?: string;
}

export interface TakeRef {
  readonly root: string;
  readonly shotId: ShotId;
  readonly takeId: JobId;
}

/** A creative document, by its path in the project. */
export interface DocumentRef {
  readonly root: string;
  readonly path: string;
}

/** An emotional beat, by its id or else by its number in the manifest. */
export interface BeatRef {
  readonly root: string;
  readonly beat: string;
}

/** A place among the assets; every node of the Assets tree is one. */
export interface AssetPlace {
  readonly root: string;
  readonly category?: 'characters' | 'locations' | 'styles' | 'music';
  /** Folders within the category, `Crew/Deck`. */
  readonly within?: string;
  readonly assetId?: AssetId;
}

export interface AssetRef extends AssetPlace {
  readonly assetId: AssetId;
  /** One of its files, by its name in the folder of the asset. */
  readonly file?: string;
}

/** What is selected in a view, as its keys say. */
export interface ViewRef {
  readonly view: 'assets';
}

/** What can be cancelled: a job, or whatever a shot waits for. */
export type JobTarget = { readonly jobId: JobId } | { readonly shotId: ShotId };

/** The arguments of every command; the keys are the command ids of package.json. */
export interface CommandArgs {
  'auteur.project.create': [];
  'auteur.project.open': [project?: PlaceRef];
  'auteur.project.addChapter': [project?: PlaceRef];
  'auteur.projects.refresh': [];
  'auteur.chapter.addScene': [chapter?: PlaceRef];
  'auteur.scene.addShot': [scene?: PlaceRef];
  'auteur.shot.generateTake': [shot?: PlaceRef, selected?: readonly PlaceRef[]];
  'auteur.shot.go': [];
  'auteur.part.rename': [part?: PlaceRef];
  'auteur.part.edit': [part?: PlaceRef, selected?: readonly PlaceRef[]];
  'auteur.part.duplicate': [part?: PlaceRef, selected?: readonly PlaceRef[]];
  'auteur.part.delete': [part?: PlaceRef, selected?: readonly PlaceRef[]];
  'auteur.part.copyAddress': [part?: PlaceRef, selected?: readonly PlaceRef[]];
  'auteur.part.reveal': [part?: PlaceRef];
  'auteur.part.openFile': [part?: PlaceRef];
  'auteur.document.newTreatment': [project?: PlaceRef];
  'auteur.document.newScreenplay': [project?: PlaceRef];
  'auteur.document.newBeatSheet': [project?: PlaceRef];
  'auteur.document.newShotList': [place?: PlaceRef];
  'auteur.document.open': [document: DocumentRef];
  'auteur.document.update': [document?: DocumentRef];
  'auteur.document.rename': [document?: DocumentRef];
  'auteur.document.delete': [document?: DocumentRef, selected?: readonly DocumentRef[]];
  'auteur.beat.create': [project?: PlaceRef];
  'auteur.beat.createHere': [place: PlaceRef];
  'auteur.beat.edit': [beat?: BeatRef];
  'auteur.beat.bind': [beat?: BeatRef, selected?: readonly BeatRef[]];
  'auteur.beat.bindHere': [place: PlaceRef];
  'auteur.beat.unbind': [beat?: BeatRef, selected?: readonly BeatRef[]];
  'auteur.beat.showPlace': [beat?: BeatRef];
  'auteur.project.changeStructure': [project?: PlaceRef];
  'auteur.projects.filter': [typed?: string];
  'auteur.projects.clearFilter': [];
  'auteur.asset.create': [place?: AssetPlace];
  'auteur.asset.import': [place?: AssetPlace];
  'auteur.asset.importFolder': [place?: AssetPlace];
  'auteur.asset.edit': [asset?: AssetRef];
  'auteur.asset.rename': [asset?: AssetRef];
  'auteur.asset.delete': [asset?: AssetRef, selected?: readonly AssetPlace[]];
  'auteur.asset.move': [asset?: AssetRef, selected?: readonly AssetPlace[]];
  'auteur.asset.uses': [asset?: AssetRef];
  'auteur.asset.reveal': [asset?: AssetRef];
  'auteur.take.open': [take: TakeRef];
  'auteur.take.activate': [take?: TakeRef];
  'auteur.take.rate': [take?: TakeRef, selected?: readonly TakeRef[]];
  'auteur.take.approve': [take?: TakeRef, selected?: readonly TakeRef[]];
  'auteur.take.reject': [take?: TakeRef, selected?: readonly TakeRef[]];
  'auteur.take.clear': [take?: TakeRef, selected?: readonly TakeRef[]];
  'auteur.take.note': [take?: TakeRef, selected?: readonly TakeRef[]];
  'auteur.take.delete': [take?: TakeRef, selected?: readonly TakeRef[]];
  'auteur.take.deactivate': [take?: TakeRef, selected?: readonly TakeRef[]];
  'auteur.take.compare': [take?: TakeRef, selected?: readonly TakeRef[]];
  'auteur.take.compareWithShown': [take?: TakeRef];
  'auteur.take.showRecipe': [take?: TakeRef];
  'auteur.take.regenerate': [take?: TakeRef];
  'auteur.shot.previewPrompt': [shot?: PlaceRef];
  'auteur.shot.wardrobe': [shot?: PlaceRef];
  'auteur.part.regenerateStale': [place?: PlaceRef, selected?: readonly PlaceRef[]];
  'auteur.part.showPlan': [place?: PlaceRef, selected?: readonly PlaceRef[]];
  'auteur.takes.fixNumbers': [project?: PlaceRef];
  'auteur.edit.undo': [of?: PlaceRef | ViewRef];
  'auteur.edit.redo': [of?: PlaceRef | ViewRef];
  'auteur.job.cancel': [target: JobTarget];
  'auteur.job.cancelBatch': [job: { readonly jobId: JobId }];
  'auteur.job.moveToTop': [job?: { readonly jobId: JobId }];
  'auteur.job.retry': [job: { readonly jobId: JobId }, seed?: RetrySeed];
  /** Chosen from a list where none is named. */
  'auteur.job.showLog': [job?: { readonly jobId: JobId }];
  'auteur.queue.pause': [];
  'auteur.queue.resume': [];
  /** Asks before it does so, unless told not to. */
  'auteur.queue.cancelAll': [anyway?: boolean];
  'auteur.queue.retryFailed': [seed?: RetrySeed];
  'auteur.progress.show': [];
  'auteur.log.show': [];
  'auteur.walkthrough.open': [];
  'auteur.setup.check': [];
  /** Chosen from a list where none is named. */
  'auteur.pipelines.show': [pipeline?: PipelineAt];
  /** Lets a pipeline run on this machine, and then does what waited for that; chosen from a list where none is named. */
  'auteur.pipeline.allow': [pipeline?: PipelineAt, then?: () => void];
  /** A file that ComfyUI has exported; asked for where none is named. */
  'auteur.pipeline.addWorkflow': [workflow?: { readonly fsPath: string }];
  'auteur.project.commit': [project?: PlaceRef];
  'auteur.project.push': [project?: PlaceRef];
  'auteur.project.settings': [project?: PlaceRef];
  'auteur.project.exportFrames': [project?: PlaceRef];
  'auteur.project.exportCsv': [project?: PlaceRef];
  'auteur.project.duplicate': [project?: PlaceRef];
  'auteur.project.pack': [project?: PlaceRef];
  'auteur.project.unpack': [];
  'auteur.project.delete': [project?: PlaceRef, typedName?: string];
  'auteur.media.download': [place?: PlaceRef | TakeRef];
}

export type CommandId = keyof CommandArgs;

const commandSet: Readonly<Record<CommandId, true>> = {
  'auteur.project.create': true,
  'auteur.project.open': true,
  'auteur.project.addChapter': true,
  'auteur.projects.refresh': true,
  'auteur.chapter.addScene': true,
  'auteur.scene.addShot': true,
  'auteur.shot.generateTake': true,
  'auteur.shot.go': true,
  'auteur.part.rename': true,
  'auteur.part.edit': true,
  'auteur.part.duplicate': true,
  'auteur.part.delete': true,
  'auteur.part.copyAddress': true,
  'auteur.part.reveal': true,
  'auteur.part.openFile': true,
  'auteur.document.newTreatment': true,
  'auteur.document.newScreenplay': true,
  'auteur.document.newBeatSheet': true,
  'auteur.document.newShotList': true,
  'auteur.document.open': true,
  'auteur.document.update': true,
  'auteur.document.rename': true,
  'auteur.document.delete': true,
  'auteur.beat.create': true,
  'auteur.beat.createHere': true,
  'auteur.beat.edit': true,
  'auteur.beat.bind': true,
  'auteur.beat.bindHere': true,
  'auteur.beat.unbind': true,
  'auteur.beat.showPlace': true,
  'auteur.project.changeStructure': true,
  'auteur.projects.filter': true,
  'auteur.projects.clearFilter': true,
  'auteur.asset.create': true,
  'auteur.asset.import': true,
  'auteur.asset.importFolder': true,
  'auteur.asset.edit': true,
  'auteur.asset.rename': true,
  'auteur.asset.delete': true,
  'auteur.asset.move': true,
  'auteur.asset.uses': true,
  'auteur.asset.reveal': true,
  'auteur.take.open': true,
  'auteur.take.activate': true,
  'auteur.take.rate': true,
  'auteur.take.approve': true,
  'auteur.take.reject': true,
  'auteur.take.clear': true,
  'auteur.take.note': true,
  'auteur.take.delete': true,
  'auteur.take.deactivate': true,
  'auteur.take.compare': true,
  'auteur.take.compareWithShown': true,
  'auteur.take.showRecipe': true,
  'auteur.take.regenerate': true,
  'auteur.shot.previewPrompt': true,
  'auteur.shot.wardrobe': true,
  'auteur.part.regenerateStale': true,
  'auteur.part.showPlan': true,
  'auteur.takes.fixNumbers': true,
  'auteur.edit.undo': true,
  'auteur.edit.redo': true,
  'auteur.job.cancel': true,
  'auteur.job.cancelBatch': true,
  'auteur.job.moveToTop': true,
  'auteur.job.retry': true,
  'auteur.job.showLog': true,
  'auteur.queue.pause': true,
  'auteur.queue.resume': true,
  'auteur.queue.cancelAll': true,
  'auteur.queue.retryFailed': true,
  'auteur.progress.show': true,
  'auteur.log.show': true,
  'auteur.walkthrough.open': true,
  'auteur.setup.check': true,
  'auteur.pipelines.show': true,
  'auteur.pipeline.allow': true,
  'auteur.pipeline.addWorkflow': true,
  'auteur.project.commit': true,
  'auteur.project.push': true,
  'auteur.project.settings': true,
  'auteur.project.exportFrames': true,
  'auteur.project.exportCsv': true,
  'auteur.project.duplicate': true,
  'auteur.project.pack': true,
  'auteur.project.unpack': true,
  'auteur.project.delete': true,
  'auteur.media.download': true,
};

export const commandIds: readonly string[] = Object.keys(commandSet);

/** What a task of ours does. */
export const taskActions = ['generate', 'generateMissing', 'regenerateStale', 'exportFrames'] as const;
export type TaskAction = (typeof taskActions)[number];

/** The type of our tasks, and what finds their problems. */
export const tasks = { type: 'auteur', matcher: 'auteur' } as const;

export const viewContainers = { film: 'auteur', jobs: 'auteurJobs' } as const;

export const views = {
  projects: 'auteur.projects',
  assets: 'auteur.assets',
  progress: 'auteur.progress',
} as const;

/** True while a film in the window is so; menus, keys and the steps of the walkthrough look at them. */
export const contextKeys = [
  'auteur:hasFilm',
  'auteur:hasShot',
  'auteur:hasTake',
  'auteur:hasActiveTake',
  'auteur:canUndo',
  'auteur:canRedo',
  'auteur:walkthroughOpened',
  'auteur:isFiltered',
  'auteur:isQueuePaused',
  'auteur:hasOpenJobs',
  'auteur:hasFailedJobs',
] as const;
export type ContextKey = (typeof contextKeys)[number];
export type QueueKey = Extract<
  ContextKey,
  'auteur:isQueuePaused' | 'auteur:hasOpenJobs' | 'auteur:hasFailedJobs'
>;

export const walkthroughs = { firstTake: 'firstTake' } as const;

/** The kinds of tree items, as menus see them; a suffix says more about one. */
export const contextValues = [
  'project',
  'chapter',
  'scene',
  'shot',
  'take',
  'document',
  'documents',
  'beat',
  'beats',
  'asset',
] as const;
