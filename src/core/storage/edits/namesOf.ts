import type { Target } from './findNodes.ts';

/** As the words of a commit name them: `shot 01/02/03`, `3 scenes`. */
export function namesOf(targets: readonly Target[]): string {
  const [first] = targets;
  if (first === undefined) return 'nothing';
  return targets.length === 1 ? `${first.kind} ${first.address}` : `${targets.length} ${first.kind}s`;
}
