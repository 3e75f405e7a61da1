import path from 'node:path';
import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import { AuteurError } from '../../core/errors.ts';
import type { PlaceRef, TakeRef } from '../../providers/contributions.ts';
import { plainMessage } from '../../providers/plainText.ts';
import { withWork } from '../withWork.ts';
import { chooseProject } from './choosePlace.ts';
import type { PartNeeds } from './parts.ts';
import { command, requireTrust, type Command } from './command.ts';
import { ask } from './steps.ts';

/** Git for films: what a director needs of it, from the film's own menu. */
export function gitCommands(needs: PartNeeds): readonly Command[] {
  return [
    command(needs, 'auteur.project.commit', (project) => commit(needs, project)),
    command(needs, 'auteur.project.push', (project) => push(needs, project)),
    command(needs, 'auteur.media.download', (place) => download(needs, place)),
  ];
}

async function commit(needs: PartNeeds, project?: PlaceRef): Promise<void> {
  requireTrust();
  const { t, studio } = needs;
  const { root } = project ?? (await chooseProject(needs, t('Commit')));
  await offerToSave(needs, root);
  const { changed, takes, summary } = await studio.gitStatus(root);
  if (changed === 0) throw new AuteurError('nothing-to-commit');
  const message = await ask({
    title: t('Commit the Film'),
    prompt: t(
      'Files of the film: {changed}, takes among them: {takes}. What else you have staged stays staged.',
      {
        changed,
        takes,
      },
    ),
    placeholder: summary,
    value: summary,
    check: (value) => (value.trim() === '' ? { problem: t('Write at least one word.') } : {}),
  });
  const done = await withWork(needs, t('Committing…'), { kind: 'commit', root, message });
  if (done.commit.state === 'committed') {
    void vscode.window.showInformationMessage(
      plainMessage(t('Committed: {message}', { message: legible(message) })),
    );
  } else {
    const { reason = '', hint = '' } = done.commit;
    void vscode.window.showWarningMessage(
      plainMessage(t('Not committed: {reason} {hint}', { reason, hint })),
    );
  }
}

/** Git sees what is on disk. */
async function offerToSave({ t }: PartNeeds, root: string): Promise<void> {
  const unsaved = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === 'file' && isWithin(root, uri.fsPath),
  );
  if (unsaved.length === 0) return;
  const save = t('Save All');
  const question = t('Files of the film that are not saved: {count}. Only what is saved is committed.', {
    count: unsaved.length,
  });
  const without = t('Commit Without Them');
  const chosen = await vscode.window.showWarningMessage(question, { modal: true }, save, without);
  if (chosen === undefined) throw new vscode.CancellationError();
  if (chosen === save) for (const document of unsaved) await document.save();
}

function isWithin(root: string, file: string): boolean {
  const way = path.relative(root, file);
  return way !== '' && !way.startsWith('..') && !path.isAbsolute(way);
}

async function push(needs: PartNeeds, project?: PlaceRef): Promise<void> {
  requireTrust();
  const { t } = needs;
  const { root } = project ?? (await chooseProject(needs, t('Push')));
  const { branch, remote } = await pushOrPublish(needs, root);
  void vscode.window.showInformationMessage(
    plainMessage(t('Pushed {branch} to {remote}.', { branch, remote })),
  );
}

async function pushOrPublish(needs: PartNeeds, root: string) {
  const { t } = needs;
  try {
    return await withWork(needs, t('Pushing…'), { kind: 'push', root });
  } catch (error) {
    if (!AuteurError.is(error, 'push-no-upstream')) throw error;
    const publish = t('Publish Branch');
    const question = t('The branch {branch} is not on {remote} yet. Do you want to publish it?', error.data);
    if (
      (await vscode.window.showInformationMessage(plainMessage(question), { modal: true }, publish)) !==
      publish
    )
      throw new vscode.CancellationError();
    return withWork(needs, t('Publishing…'), { kind: 'push', root, publish: true });
  }
}

async function download(needs: PartNeeds, place?: PlaceRef | TakeRef): Promise<void> {
  requireTrust();
  const { t, tree } = needs;
  const chosen = place ?? (await chooseProject(needs, t('Download')));
  const { root } = chosen;
  // A take of the tree has the address of its shot.
  const address = 'address' in chosen ? chosen.address : undefined;
  const addresses = address === undefined || address === '' ? [] : [address];
  const only = 'takeId' in chosen ? { takes: [chosen.takeId] } : {};
  const { files } = await withWork(needs, t('Downloading…'), { kind: 'download', root, addresses, ...only });
  await tree.refresh();
  const message =
    files === 0
      ? t('Nothing to download: all of it is here.')
      : files === 1
        ? t('Downloaded 1 file.')
        : t('Downloaded {count} files.', { count: files });
  void vscode.window.showInformationMessage(message);
}
