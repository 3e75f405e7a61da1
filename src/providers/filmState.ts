import * as vscode from 'vscode';
import { DisposableStore, type Disposable, type Event } from '../core/events.ts';
import type { EditHistory, Milestones, Studio } from '../core/ports/studio.ts';
import type { AuteurEvent } from '../core/protocol/events.ts';
import { Batch } from './batch.ts';
import type { ContextKey, QueueKey } from './contributions.ts';
import type { JobBoard } from './jobBoard.ts';
import type { ProjectIndex } from './projectIndex.ts';
import type { FileHint } from './projectWatcher.ts';

/** What menus and the walkthrough know of the films. */
export interface FilmState extends Disposable {
  /** Resolves once it is told as it was when this was called. */
  told(): Promise<void>;
}

export interface FilmStateNeeds {
  readonly studio: Pick<Studio, 'milestones' | 'editHistory' | 'onEvent'>;
  readonly projects: ProjectIndex;
  readonly jobs: JobBoard;
  readonly onHint: Event<FileHint>;
  log(line: string): void;
}

interface State {
  readonly milestones?: Milestones | undefined;
  readonly history?: EditHistory | undefined;
}

type FilmKey = Exclude<ContextKey, QueueKey | 'auteur:isFiltered' | 'auteur:walkthroughOpened'>;

const readDelayMs = 300;
/** The events that change what is read here; progress comes ten times a second. */
const telling: ReadonlySet<string> = new Set<AuteurEvent['type']>([
  'project_update',
  'take_created',
  'take_updated',
]);

/** Keeps the context keys true: what menus offer, and which steps of the walkthrough are done, by whatever means. */
export function registerFilmState(needs: FilmStateNeeds): FilmState {
  const owned = new DisposableStore();
  const films = new Map<string, State>();
  const changed = owned.add(
    new Batch<string>(readDelayMs, (roots) =>
      readAll(needs, films, roots).catch((error: unknown) => {
        needs.log(String(error));
      }),
    ),
  );
  owned.add(
    needs.projects.onChanged((projects) => {
      const shown = new Set(projects.map(({ root }) => root));
      for (const root of [...films.keys()].filter((one) => !shown.has(one))) films.delete(root);
      // Not at once: a step that is done while the walkthrough is being drawn stays unticked there.
      if (shown.size === 0) void show(needs, films);
      for (const root of shown) changed.add(root);
    }),
  );
  owned.add(
    needs.studio.onEvent(({ projectId, event }) => {
      if (!telling.has(event.type)) return;
      for (const { root, id } of needs.projects.current) if (id === projectId) changed.add(root);
    }),
  );
  owned.add(
    needs.onHint((hint) => {
      if (hint.kind !== 'projects') changed.add(hint.root);
    }),
  );
  owned.add(
    needs.jobs.onChanged((jobs) => {
      const ended = jobs.filter(({ status }) => status === 'completed');
      const shown = needs.projects.current.map(({ root }) => root);
      for (const { projectRoot } of ended) if (shown.includes(projectRoot)) changed.add(projectRoot);
    }),
  );
  return {
    told: async () => {
      await needs.projects.list().catch((error: unknown) => {
        needs.log(String(error));
      });
      await changed.settled();
    },
    dispose: () => {
      owned.dispose();
    },
  };
}

async function readAll(
  needs: FilmStateNeeds,
  films: Map<string, State>,
  roots: ReadonlySet<string>,
): Promise<void> {
  const { studio, projects } = needs;
  const readable = projects.current.filter(({ problem }) => problem === undefined);
  for (const { root } of readable.filter((project) => roots.has(project.root))) {
    const milestones = await readOne(needs, root, () => studio.milestones(root));
    for (const { message } of milestones?.unread ?? []) needs.log(`${root}: ${message}`);
    const history = await readOne(needs, root, () => studio.editHistory(root));
    // What could not be read stays as it was known last.
    const known = films.get(root);
    films.set(root, { milestones: milestones ?? known?.milestones, history: history ?? known?.history });
  }
  await show(needs, films);
}

/** Told where the film is shown, too. */
async function readOne<T>(
  needs: FilmStateNeeds,
  root: string,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    needs.log(`${root}: ${String(error)}`);
    return undefined;
  }
}

async function show(
  { projects }: Pick<FilmStateNeeds, 'projects'>,
  films: ReadonlyMap<string, State>,
): Promise<void> {
  const all = [...films.values()];
  const keys: Readonly<Record<FilmKey, boolean>> = {
    'auteur:hasFilm': projects.current.some(({ problem }) => problem === undefined),
    'auteur:hasShot': all.some(({ milestones }) => milestones?.shot),
    'auteur:hasTake': all.some(({ milestones }) => milestones?.take),
    'auteur:hasActiveTake': all.some(({ milestones }) => milestones?.activeTake),
    'auteur:canUndo': all.some(({ history }) => history?.undo !== undefined),
    'auteur:canRedo': all.some(({ history }) => history?.redo !== undefined),
  };
  const told = Object.entries(keys).map(([key, value]) =>
    vscode.commands.executeCommand('setContext', key, value),
  );
  await Promise.all(told);
}
