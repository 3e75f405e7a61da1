import * as vscode from 'vscode';
import { legible } from '../core/domain/legible.ts';
import type { Disposable } from '../core/events.ts';
import { executeCommand } from '../providers/executeCommand.ts';
import { plainMessage } from '../providers/plainText.ts';
import type { Services } from './services.ts';

/** Told once for each merge that has left takes or texts of a film that we can merge. */
export function offerToFix({ t, git, projects }: Pick<Services, 't' | 'git' | 'projects'>): Disposable {
  const told = new Set<string>();
  return git.onChanged((root) => {
    const { unmergedTakes = 0, unmergedTexts = 0 } = git.of(root) ?? {};
    const count = unmergedTakes + unmergedTexts;
    if (count === 0) told.delete(root);
    if (count === 0 || told.has(root)) return;
    told.add(root);
    const name = projects.current.find((project) => project.root === root)?.name ?? root;
    const values = { name: legible(name), count: unmergedTakes === 0 ? unmergedTexts : unmergedTakes };
    const [fix, message] =
      unmergedTakes === 0
        ? [t('Merge Them'), t('Files of "{name}" that two branches have changed: {count}.', values)]
        : [
            t('Fix Take Numbers'),
            t('Takes of "{name}" that two branches have made under one number: {count}.', values),
          ];
    void vscode.window.showWarningMessage(plainMessage(message), fix).then((chosen) => {
      if (chosen === fix) executeCommand('auteur.takes.fixNumbers', { root });
    });
  });
}
