import * as vscode from 'vscode';
import { legible } from '../core/domain/legible.ts';
import type { Disposable } from '../core/events.ts';
import { executeCommand } from '../providers/executeCommand.ts';
import { plainMessage } from '../providers/plainText.ts';
import type { Services } from './services.ts';

/** Told once for each merge that has left such takes. */
export function offerToFix({ t, git, projects }: Pick<Services, 't' | 'git' | 'projects'>): Disposable {
  const told = new Set<string>();
  return git.onChanged((root) => {
    const count = git.of(root)?.unmergedTakes ?? 0;
    if (count === 0) told.delete(root);
    if (count === 0 || told.has(root)) return;
    told.add(root);
    const name = projects.current.find((project) => project.root === root)?.name ?? root;
    const fix = t('Fix Take Numbers');
    const message = t('Takes of "{name}" that two branches have made under one number: {count}.', {
      name: legible(name),
      count,
    });
    void vscode.window.showWarningMessage(plainMessage(message), fix).then((chosen) => {
      if (chosen === fix) executeCommand('auteur.takes.fixNumbers', { root });
    });
  });
}
