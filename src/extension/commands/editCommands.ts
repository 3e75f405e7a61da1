import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import type { EditHistory } from '../../core/ports/studio.ts';
import type { CommandId, PlaceRef } from '../../providers/contributions.ts';
import { executeCommand } from '../../providers/executeCommand.ts';
import type { Services } from '../services.ts';
import { choose, type ChoosingNeeds } from './choosePlace.ts';
import { registerCommand, requireTrust } from './registerCommand.ts';

type Needs = Services & ChoosingNeeds;

export function registerEditCommands(needs: Needs): readonly vscode.Disposable[] {
  return [
    registerCommand(needs, 'auteur.edit.undo', (project) => undo(needs, project)),
    registerCommand(needs, 'auteur.edit.redo', (project) => redo(needs, project)),
  ];
}

async function undo(needs: Needs, project?: PlaceRef): Promise<void> {
  const { t, studio } = needs;
  requireTrust();
  const root = project?.root ?? (await chooseFilm(needs, 'undo', t('Undo Edit')));
  const { summary } = await studio.undoEdit(root);
  tell(t('Undid: {summary}', { summary }), { label: t('Redo'), command: 'auteur.edit.redo', root });
}

async function redo(needs: Needs, project?: PlaceRef): Promise<void> {
  const { t, studio } = needs;
  requireTrust();
  const root = project?.root ?? (await chooseFilm(needs, 'redo', t('Redo Edit')));
  const { summary } = await studio.redoEdit(root);
  tell(t('Did again: {summary}', { summary }), { label: t('Undo'), command: 'auteur.edit.undo', root });
}

/** The film with an edit to undo or redo; of several the user says which, and sees what would happen. */
async function chooseFilm(needs: Needs, way: keyof EditHistory, title: string): Promise<string> {
  const { t, studio, projects } = needs;
  const films = (await projects.list()).filter(({ problem }) => problem === undefined);
  const histories = await Promise.all(films.map(({ root }) => studio.editHistory(root)));
  const places = films.flatMap(({ root, name }, index) => {
    const edit = histories[index]?.[way];
    return edit === undefined ? [] : [{ root, label: name, description: edit, detail: root }];
  });
  const chosen = await choose(needs, { title, placeHolder: t('In which film?') }, places);
  const root = chosen?.root ?? films[0]?.root;
  if (root !== undefined) return root;
  throw new AuteurError('nothing-to-choose', { what: t('film'), command: 'New Project' });
}

interface WayBack {
  readonly label: string;
  readonly command: Extract<CommandId, `auteur.edit.${string}`>;
  readonly root: string;
}

/** Not awaited: the command has ended, whether or not its message is still on the screen. */
function tell(message: string, { label, command, root }: WayBack): void {
  void vscode.window.showInformationMessage(message, label).then((chosen) => {
    if (chosen === label) executeCommand(command, { root });
  });
}
