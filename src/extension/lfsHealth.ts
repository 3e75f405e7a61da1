import * as vscode from 'vscode';
import { legible } from '../core/domain/legible.ts';
import { DisposableStore, type Disposable } from '../core/events.ts';
import type { DoctorCheck, ProjectSummary } from '../core/protocol/views.ts';
import { executeCommand } from '../providers/executeCommand.ts';
import { plainMessage } from '../providers/plainText.ts';
import type { Services } from './services.ts';
import { withWork } from './withWork.ts';
import { tell } from './commands/command.ts';
import { unexpected } from '../core/errors.ts';

type Needs = Pick<Services, 'studio' | 'projects' | 't' | 'log'> & {
  /** What was dismissed, over the window's end. */
  readonly memory: vscode.Memento;
};

const mendable = new Set(['LFS filters', 'LFS attributes', 'LFS hooks']);

/** Looks once at each film of a trusted window whether its media are stored in Git LFS, and tells what is not in order. */
export function registerLfsHealth(needs: Needs): Disposable {
  const owned = new DisposableStore();
  const seen = new Set<string>();
  const look = (): void => {
    if (!vscode.workspace.isTrusted) return;
    for (const project of needs.projects.current) {
      if (project.problem !== undefined || seen.has(project.root)) continue;
      seen.add(project.root);
      lookAt(needs, project).catch((error: unknown) => {
        needs.log.warn(`${project.root}: ${String(error)}`);
      });
    }
  };
  owned.add(needs.projects.onChanged(look));
  owned.add(vscode.workspace.onDidGrantWorkspaceTrust(look));
  return owned;
}

async function lookAt(needs: Needs, project: ProjectSummary): Promise<void> {
  const { studio, log } = needs;
  const wrong = (await studio.lfsHealth(project.root)).filter(({ level }) => level !== 'ok');
  for (const { name, detail } of wrong) log.warn(`${project.root}: ${name}: ${detail}`);
  if (wrong.length === 0 || wasDismissed(needs, project, wrong)) return;
  // Not awaited: a message may stay on the screen for hours.
  void ask(needs, project, wrong).catch((error: unknown) => {
    if (!(error instanceof vscode.CancellationError)) tell(needs, 'lfs health', unexpected(error));
  });
}

async function ask(needs: Needs, project: ProjectSummary, wrong: readonly DoctorCheck[]): Promise<void> {
  const { t } = needs;
  const [fix, convert, check] = [t('Fix'), t('Convert…'), t('Check Set-Up')];
  const actions = [
    ...(wrong.some(({ name }) => mendable.has(name)) ? [fix] : []),
    ...(wrong.some(({ name }) => name === 'Media in Git') ? [convert] : []),
    check,
  ];
  const detail = wrong.map((one) => one.detail).join('; ');
  const message = t('Git LFS of "{name}" is not in order: {detail}.', { name: project.name, detail });
  const chosen = await vscode.window.showWarningMessage(plainMessage(legible(message)), ...actions);
  if (chosen === undefined) await dismiss(needs, project, wrong);
  if (chosen === check) executeCommand('auteur.setup.check');
  if (chosen === fix) await mend(needs, project);
  if (chosen === convert) await convertMedia(needs, project);
}

async function mend(needs: Needs, { root }: ProjectSummary): Promise<void> {
  const { t } = needs;
  const { done, left } = await withWork(needs, t('Setting up Git LFS…'), { kind: 'mend', root });
  const rest = left.map(({ detail, hint }) => `${detail}. ${hint ?? ''}`);
  const message = plainMessage(legible([...done, ...rest].join(' ')));
  if (left.length === 0) void vscode.window.showInformationMessage(message);
  else void vscode.window.showWarningMessage(message);
}

async function convertMedia(needs: Needs, { root, name }: ProjectSummary): Promise<void> {
  const { t } = needs;
  const yes = t('Convert');
  const question = t('Store the media of "{name}" in Git LFS?', { name: legible(name) });
  const detail = t(
    'They were committed as plain files, so every clone carries all their versions. Like "git lfs migrate import --no-rewrite", this makes a new commit that stores them in Git LFS from now on. Files, earlier commits and what you have staged stay as they are, so the history keeps its size.',
  );
  if ((await vscode.window.showWarningMessage(plainMessage(question), { modal: true, detail }, yes)) !== yes)
    return;
  const { files } = await withWork(needs, t('Converting media…'), { kind: 'convertMedia', root });
  void vscode.window.showInformationMessage(
    t('Media files stored in Git LFS: {count}.', { count: files.length }),
  );
}

function keyOf({ id, root }: ProjectSummary): string {
  return `lfs.dismissed:${id ?? root}`;
}

/** Something else that is wrong is told again. */
function signOf(wrong: readonly DoctorCheck[]): string {
  return wrong
    .map(({ name }) => name)
    .sort()
    .join();
}

function wasDismissed({ memory }: Needs, project: ProjectSummary, wrong: readonly DoctorCheck[]): boolean {
  return memory.get<string>(keyOf(project)) === signOf(wrong);
}

async function dismiss(
  { memory }: Needs,
  project: ProjectSummary,
  wrong: readonly DoctorCheck[],
): Promise<void> {
  await memory.update(keyOf(project), signOf(wrong));
}
