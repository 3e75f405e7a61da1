import type { CommitState } from '../core/model/job.ts';
import type { JobView } from '../core/protocol/views.ts';
import { oneLine, plural } from './format/text.ts';
import type { Terminal } from './terminal.ts';

/** Says once for each cause that another pipeline than the mapped one makes the takes. */
export function sayFallbacks(terminal: Terminal, jobs: readonly JobView[]): void {
  for (const [cause, group] of groupBy(jobs, fallbackCause)) {
    terminal.note(`note: ${pipelineOf(group)} makes ${plural(group.length, 'take')}, because ${cause}`);
  }
}

/** Says once for each cause that takes are recorded but not in Git yet. */
export function sayPendingCommits(terminal: Terminal, jobs: readonly JobView[]): void {
  for (const [cause, group] of groupBy(jobs, ({ take }) => pendingCause(take?.commit))) {
    terminal.note(`warning: ${plural(group.length, 'take')} recorded, commit pending: ${cause}`);
  }
}

/** Says why an edit is in the files but not in Git. */
export function sayUncommitted(terminal: Terminal, commit: CommitState | undefined): void {
  const cause = pendingCause(commit);
  if (cause !== undefined) terminal.note(`warning: not committed: ${cause}`);
}

function fallbackCause({ fallback }: JobView): string | undefined {
  return fallback === undefined
    ? undefined
    : oneLine(`${fallback.from} cannot run here (${fallback.reason})`);
}

function pipelineOf([first]: readonly JobView[]): string {
  return oneLine(first?.pipeline.id ?? '');
}

function pendingCause(commit: CommitState | undefined): string | undefined {
  if (commit?.state !== 'pending') return undefined;
  const { reason = 'the commit has not been made yet', hint } = commit;
  return hint === undefined ? oneLine(reason) : `${oneLine(reason)}\nhint: ${oneLine(hint)}`;
}

/** Jobs by what they have in common; those without it are left out. */
export function groupBy(
  jobs: readonly JobView[],
  causeOf: (job: JobView) => string | undefined,
): ReadonlyMap<string, readonly JobView[]> {
  const groups = new Map<string, JobView[]>();
  for (const job of jobs) {
    const cause = causeOf(job);
    if (cause !== undefined) groups.set(cause, [...(groups.get(cause) ?? []), job]);
  }
  return groups;
}
