import type { MediaFile } from '../../core/model/take.ts';
import { gapWords, type RecipeView } from '../../core/protocol/recipe.ts';
import type { Terminal } from '../terminal.ts';
import { promptLines } from './promptLines.ts';
import { table } from './table.ts';
import { reviewWords } from './takeWords.ts';
import { oneLine } from './text.ts';

/** How a take was made, for people. */
export function recipeLines(terminal: Terminal, recipe: RecipeView): readonly string[] {
  const { take, view, inputs, gaps } = recipe;
  const { spans = [], ...prompt } = take.prompt;
  const { fallback } = take;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['id', take.id],
    ['made', `${take.finished} on ${take.host.name} (${take.host.platform}, Auteur ${take.host.auteur})`],
    ['pipeline', `${take.pipeline.id} ${take.pipeline.version}`],
    ['fallback', fallback && `instead of ${fallback.from}: ${fallback.reason}`],
    ['quality', take.quality],
    ['seed', String(take.seed)],
    ['parameters', JSON.stringify(take.parameters)],
    ['recipe of', take.recipeOf],
    ['review', reviewWords(view)],
    ['note', view.review?.note],
    ['stale', view.stale?.join(', ')],
    ['file', view.path],
    ['media', take.files[0] && mediaWords(take.files[0])],
    ['sha256', take.files[0]?.sha256],
    ...inputs.map(({ path, sha256, state }) => ['input', `${path} ${sha256} (${state})`] as const),
  ];
  const rows = facts.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, oneLine(value)] as const],
  );
  const again =
    gaps.length === 0
      ? ['It can be made again as it was.']
      : gaps.map((gap) => oneLine(`not as it was: ${gapWords(gap)}`));
  const title = `${view.address} take ${String(view.number)}`;
  return [
    terminal.paint('bold', title),
    ...table(rows),
    ...promptLines(terminal, { address: 'prompt', prompt, spans }),
    ...again,
  ];
}

function mediaWords({ mediaType, width, height, duration, codec }: MediaFile): string {
  const size = width === undefined ? undefined : `${String(width)} × ${String(height ?? 0)}`;
  const length = duration === undefined ? undefined : `${String(Number(duration.toFixed(2)))} s`;
  return [mediaType, size, length, codec].filter((word) => word !== undefined).join(', ');
}
