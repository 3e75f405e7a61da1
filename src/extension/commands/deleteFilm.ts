import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import { AuteurError } from '../../core/errors.ts';
import { plainMessage } from '../../providers/plainText.ts';
import { withWork } from '../withWork.ts';
import type { PartNeeds } from './parts.ts';
import { ask } from './steps.ts';

/** Moves a film to the trash of the system; where there is none, as on a server, to that of its workspace. */
export async function deleteFilm(needs: PartNeeds, root: string, typed?: string): Promise<void> {
  const { t, studio, projects } = needs;
  const { name } = (await studio.film(root)).project;
  const answer = typed ?? (await askName(needs, root, name));
  await studio.requireDeletable(root, answer);
  await studio.closeProject(root);
  const trash = await moveAway(needs, root, answer);
  await projects.refresh();
  const message =
    trash === undefined
      ? t('"{name}" is in the trash now.', { name: legible(name) })
      : t('"{name}" is in {path} now. Move it back to Projects to have it again.', {
          name: legible(name),
          path: legible(trash),
        });
  void vscode.window.showInformationMessage(plainMessage(message));
}

async function askName(needs: PartNeeds, root: string, name: string): Promise<string> {
  const { t } = needs;
  return ask({
    title: t('Delete "{name}"', { name: legible(name) }),
    prompt: [
      t('Type the name of the film to delete it. It goes to the trash.'),
      ...(await losses(needs, root)),
    ].join(' '),
    placeholder: legible(name),
    value: '',
    check: (value) => (value.trim() === name.trim() ? {} : { problem: t('That is not its name.') }),
  });
}

/** What is nowhere else. */
async function losses({ t, studio, log }: PartNeeds, root: string): Promise<readonly string[]> {
  try {
    const { takes, changed, others, unpushed, unpushedTakes } = await studio.gitStatus(root);
    return [
      ...(unpushedTakes > 0
        ? [
            unpushedTakes === 1
              ? t('1 take was never pushed.')
              : t('{count} takes were never pushed.', { count: unpushedTakes }),
          ]
        : []),
      ...(takes > 0 ? [t('Takes not committed: {count}.', { count: takes })] : []),
      ...(changed + others > 0
        ? [t('Changed files not committed: {count}.', { count: changed + others })]
        : []),
      ...(unpushed > 0 ? [t('Commits not pushed: {count}.', { count: unpushed })] : []),
    ];
  } catch (error) {
    if (!AuteurError.is(error)) throw error;
    log.warn(`${root}: ${error.message}`);
    return [t('Whether anything of it is pushed cannot be told.')];
  }
}

/** @returns where it is, if not in the trash of the system */
async function moveAway(needs: PartNeeds, root: string, name: string): Promise<string | undefined> {
  const { t, log } = needs;
  try {
    await vscode.workspace.fs.delete(vscode.Uri.file(root), { recursive: true, useTrash: true });
    return undefined;
  } catch (error) {
    log.info(`${root}: no trash of the system takes it: ${String(error)}`);
    return (await withWork(needs, t('Deleting…'), { kind: 'trash', root, name })).path;
  }
}
