import { AuteurError } from '../../errors.ts';

/** Why a change can be neither taken back nor made again as the film is now. */
export type Obstacle =
  | { readonly is: 'gone'; readonly what: string; readonly path: string }
  | { readonly is: 'changed'; readonly what: string; readonly path: string }
  | { readonly is: 'taken'; readonly what: string; readonly path: string }
  | { readonly is: 'not-empty'; readonly what: string; readonly path: string; readonly content: string }
  | { readonly is: 'has-takes'; readonly address: string; readonly path: string; readonly folder: string }
  | { readonly is: 'has-jobs'; readonly address: string };

export type Way = 'undo' | 'redo';

export function refusal(way: Way, summary: string, obstacle: Obstacle): AuteurError {
  if (way === 'redo') return new AuteurError('redo-impossible', { summary, reason: reasonOf(obstacle) });
  const { is, ...data } = obstacle;
  return new AuteurError(`undo-${is}`, { summary, ...data });
}

function reasonOf(obstacle: Obstacle): string {
  switch (obstacle.is) {
    case 'gone':
      return `${obstacle.what} is no longer as it was in ${obstacle.path}`;
    case 'changed':
      return `${obstacle.what} was changed since`;
    case 'taken':
      return `there is another ${obstacle.what} now`;
    case 'not-empty':
      return `${obstacle.what} has ${obstacle.content} now`;
    case 'has-takes':
      return `shot ${obstacle.address} has takes`;
    case 'has-jobs':
      return `takes of shot ${obstacle.address} are being made`;
  }
}
