import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { FilmView, FoundShot } from '../../core/protocol/views.ts';
import type { ProjectIndex } from '../projectIndex.ts';
import type { Translate } from '../translate.ts';
import { filmOfTask, projectInTask, type Film } from './filmOfTask.ts';
import { taskPlaceAt, type TaskPlace } from './taskPlace.ts';

export interface TaskCompletionNeeds {
  readonly studio: Pick<Studio, 'film' | 'search'>;
  readonly projects: Pick<ProjectIndex, 'list'>;
  readonly t: Translate;
  log(line: string): void;
}

/** More than anybody reads in a list. */
const mostShots = 500;

interface Choice {
  readonly value: string;
  readonly detail: string;
}

/** Offers films and their shots where a task of ours names them. */
export class TaskCompletion implements vscode.CompletionItemProvider {
  readonly #needs: TaskCompletionNeeds;

  constructor(needs: TaskCompletionNeeds) {
    this.#needs = needs;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const place = taskPlaceAt(document.getText(), document.offsetAt(position));
    if (place === undefined) return [];
    const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath;
    try {
      const choices = await this.#choices(place, folder);
      const range = new vscode.Range(
        document.positionAt(place.offset),
        document.positionAt(place.offset + place.length),
      );
      return choices.map((choice, index) => item(choice, index, range));
    } catch (error) {
      // A list that cannot be made is no reason to interrupt who types.
      this.#needs.log(`tasks.json: ${String(error)}`);
      return [];
    }
  }

  async #choices(place: TaskPlace, folder: string | undefined): Promise<readonly Choice[]> {
    const { studio, projects, t } = this.#needs;
    const films: readonly Film[] = (await projects.list()).filter(({ problem }) => problem === undefined);
    if (place.about === 'project')
      return films.map((film) => ({ value: projectInTask(film, folder) ?? film.name, detail: film.name }));
    const { root } = filmOfTask(films, { project: place.project, folder });
    const shots = await studio.search(root, '', mostShots);
    return [{ value: '**', detail: t('the whole film') }, ...placesOf(await studio.film(root), shots)];
  }
}

/** Chapters and scenes as patterns, with what stands in them. */
function placesOf({ chapters }: FilmView, shots: readonly FoundShot[]): readonly Choice[] {
  const within = (address: string): readonly FoundShot[] =>
    shots.filter((shot) => shot.address.startsWith(`${address}/`));
  return chapters.flatMap((chapter) => [
    { value: `${chapter.address}/*/*`, detail: chapter.title },
    ...chapter.scenes.flatMap((scene) => [
      { value: `${scene.address}/*`, detail: scene.title },
      ...within(scene.address).map(({ address, description }) => ({ value: address, detail: description })),
    ]),
  ]);
}

function item({ value, detail }: Choice, index: number, range: vscode.Range): vscode.CompletionItem {
  const text = JSON.stringify(value);
  const description = legible(detail.split('\n', 1)[0] ?? '');
  const made = new vscode.CompletionItem({ label: text, description }, vscode.CompletionItemKind.Value);
  made.insertText = text;
  made.range = range;
  made.filterText = text;
  // In the order of the film.
  made.sortText = String(index).padStart(6, '0');
  return made;
}
