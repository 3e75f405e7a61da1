import type { Failure } from '../../core/model/job.ts';
import type { BeatView } from '../../core/protocol/beatView.ts';
import type { DocumentView } from '../../core/protocol/documentView.ts';
import type {
  ChapterView,
  JobView,
  ProjectSummary,
  SceneSummary,
  ShotView,
  TakeView,
} from '../../core/protocol/views.ts';

interface NodeBase {
  /** Stable: a node that is read again is the same object, so that the editor can refresh just that one. */
  readonly id: string;
  readonly root: string;
  /** What was read below this node; undefined until it is expanded, and again when it is out of date. */
  children: readonly FilmNode[] | undefined;
}

export interface ProjectNode extends NodeBase {
  readonly kind: 'project';
  readonly parent: undefined;
  view: ProjectSummary;
}

export interface ChapterNode extends NodeBase {
  readonly kind: 'chapter';
  readonly parent: ProjectNode;
  readonly address: string;
  view: ChapterView;
}

export interface SceneNode extends NodeBase {
  readonly kind: 'scene';
  readonly parent: ChapterNode;
  readonly address: string;
  view: SceneSummary;
  /** Why its shots are shown as they were read last. */
  problem: Failure | undefined;
}

export interface ShotNode extends NodeBase {
  readonly kind: 'shot';
  readonly parent: SceneNode;
  readonly address: string;
  readonly shotId: ShotView['id'];
  view: ShotView;
  /** The job that runs or waits for this shot, or the failed one that ended last. */
  job: JobView | undefined;
}

export interface TakeNode extends NodeBase {
  readonly kind: 'take';
  readonly parent: ShotNode;
  readonly address: string;
  readonly shotId: ShotView['id'];
  readonly takeId: TakeView['id'];
  view: TakeView;
}

/** The creative documents of a film, below its chapters. */
export interface DocumentsNode extends NodeBase {
  readonly kind: 'documents';
  readonly parent: ProjectNode;
  view: { readonly documents: readonly DocumentView[] };
}

export interface DocumentNode extends NodeBase {
  readonly kind: 'document';
  readonly parent: DocumentsNode;
  /** Relative to the project. */
  readonly path: string;
  view: DocumentView;
}

/** The emotional beats of a film, below its chapters. */
export interface BeatsNode extends NodeBase {
  readonly kind: 'beats';
  readonly parent: ProjectNode;
  view: { readonly beats: readonly BeatView[] };
}

export interface BeatNode extends NodeBase {
  readonly kind: 'beat';
  readonly parent: BeatsNode;
  /** How an edit names it: by its id, else by its number in the manifest. */
  readonly beat: string;
  view: BeatView;
}

/** Stands where the children of a node cannot be read. */
export interface ProblemNode extends NodeBase {
  readonly kind: 'problem';
  readonly parent: FilmNode | undefined;
  view: Failure;
}

export type FilmNode =
  | ProjectNode
  | ChapterNode
  | SceneNode
  | ShotNode
  | TakeNode
  | BeatsNode
  | BeatNode
  | DocumentsNode
  | DocumentNode
  | ProblemNode;
