import { legible } from '../../core/domain/legible.ts';
import type { GitStatus } from '../../core/protocol/gitStatus.ts';
import type { Translate } from '../translate.ts';

/** Where a film stands in Git, in a few signs: `main ↑2 ↓1 · 3 changed`. */
export function gitText(t: Translate, status: GitStatus): string {
  const { branch, ahead, behind, changed, operation } = status;
  const place = [
    branch === undefined ? t('no branch') : legible(branch),
    ...(ahead > 0 ? [`↑${String(ahead)}`] : []),
    ...(behind > 0 ? [`↓${String(behind)}`] : []),
  ].join(' ');
  return [
    place,
    ...(changed > 0 ? [t('{count} changed', { count: changed })] : []),
    ...(operation === undefined ? [] : [operation]),
  ].join(' · ');
}

/** The same in sentences. */
export function gitLines(t: Translate, status: GitStatus): readonly string[] {
  const { branch, upstream, ahead, behind, unpushed, changed, takes, others, conflicts, operation } = status;
  const { unpushedTakes } = status;
  return [
    branch === undefined ? t('No branch is checked out.') : t('Branch {branch}', { branch }),
    ...(upstream === undefined
      ? [t('Not pushed anywhere. Commits: {count}.', { count: unpushed })]
      : [t('{upstream}: {ahead} to push, {behind} to pull.', { upstream, ahead, behind })]),
    ...(unpushedTakes > 0 ? [t('Takes never pushed: {count}.', { count: unpushedTakes })] : []),
    ...(changed > 0 ? [t('Files to commit: {changed}, takes among them: {takes}.', { changed, takes })] : []),
    ...(others > 0 ? [t('Other changed files: {count}.', { count: others })] : []),
    ...(conflicts > 0 ? [t('Files with two versions after a merge: {count}.', { count: conflicts })] : []),
    ...(operation === undefined ? [] : [t('A {operation} is in progress.', { operation })]),
  ];
}

/** Puts it behind what the line of a film says already. */
export function describeGit(
  t: Translate,
  item: { description?: string | boolean; accessibilityInformation?: { label: string } },
  status: GitStatus | undefined,
): void {
  if (status === undefined) return;
  const text = gitText(t, status);
  const before = typeof item.description === 'string' ? item.description : '';
  item.description = before === '' ? text : `${before} · ${text}`;
  if (item.accessibilityInformation !== undefined)
    item.accessibilityInformation = { label: `${item.accessibilityInformation.label}, ${text}` };
}
