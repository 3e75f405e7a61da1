import { reviewWords } from './takeWords.ts';
import { legible } from '../../core/domain/legible.ts';
import { slateCode } from '../../core/model/address.ts';
import type { Failure } from '../../core/model/job.ts';
import type {
  ChapterView,
  JobView,
  ProjectSummary,
  SceneSummary,
  ShotView,
  TakeView,
} from '../../core/protocol/views.ts';
import { percent } from '../../core/protocol/jobState.ts';
import type { Translate } from '../translate.ts';
import { angleName, movementName, qualityName, sizeName, statusOfMedia, timeName } from './filmWords.ts';

/** What a line of the tree says, and what a screen reader says of it. */
export interface NodeText {
  readonly label: string;
  readonly description: string;
  readonly spoken: string;
}

const maxLabel = 60;
const maxTreeLabel = 40;

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

function text(label: string, description: string, spokenAs = label): NodeText {
  return { label, description, spoken: description === '' ? spokenAs : `${spokenAs}, ${description}` };
}

/** As much of a longer text as fits into one. */
export function firstLine(words: string): string {
  return cut(words.trim().split(/\r?\n/, 1)[0] ?? '', maxLabel);
}

/** No character is cut in two, and no word where there is one before it. */
function cut(words: string, length: number): string {
  const letters = Array.from(words);
  if (letters.length <= length) return words;
  const kept = letters.slice(0, length - 1).join('');
  const end = /[\s.,;:–-]+\S*$/u.exec(kept)?.index ?? 0;
  return `${end > kept.length / 2 ? kept.slice(0, end) : kept}…`;
}

/** The line of a shot in a tree, where what it is called must leave room for how it is. */
export function shortShotText(t: Translate, view: ShotView, job?: JobView): NodeText {
  const { label, ...said } = shotText(t, view, job);
  return { ...said, label: cut(label, maxTreeLabel) };
}

export function projectText(t: Translate, project: ProjectSummary): NodeText {
  const name = legible(project.name);
  if (project.problem !== undefined) return text(name, t('cannot be read'));
  const quality = project.quality === undefined ? undefined : qualityName(t, project.quality);
  return text(
    name,
    joined(sceneCount(t, project.scenes), quality, project.readOnly ? t('read-only') : undefined),
  );
}

export function chapterText(t: Translate, chapter: ChapterView): NodeText {
  const title = legible(chapter.title);
  const label = `${slateCode(chapter.number)}  ${title}`;
  const description = sceneCount(t, chapter.scenes.length);
  return text(label, description, t('Chapter {number}, {title}', { number: chapter.number, title }));
}

export function sceneText(t: Translate, scene: SceneSummary, problem?: Failure): NodeText {
  const title = legible(scene.title);
  const label = `${slateCode(scene.number)}  ${title}`;
  const where = placeText(t, scene);
  const description = joined(where, problem === undefined ? undefined : t('shots cannot be read'));
  return text(label, description, t('Scene {number}, {title}', { number: scene.number, title }));
}

/** Where and when it plays, as a slug line says it: of what is not decided, nothing. */
export function placeText(
  t: Translate,
  { setting, location, timeOfDay }: Pick<SceneSummary, 'setting' | 'location' | 'timeOfDay'>,
): string {
  const place = [setting, location && legible(location)].filter((part) => part !== undefined).join(' ');
  const time = timeOfDay === undefined ? undefined : timeName(t, timeOfDay);
  return [place, time].filter((part) => part !== undefined && part !== '').join(' – ');
}

export function framing(t: Translate, { shot }: ShotView): string {
  return joined(
    shot.size,
    shot.angle === undefined ? undefined : angleName(t, shot.angle),
    shot.movement === undefined ? undefined : movementName(t, shot.movement),
  );
}

function sceneCount(t: Translate, count: number): string {
  if (count === 0) return t('no scenes');
  return count === 1 ? t('1 scene') : t('{count} scenes', { count });
}

function takeCount(t: Translate, count: number): string {
  if (count === 0) return t('no takes');
  return count === 1 ? t('1 take') : t('{count} takes', { count });
}

/** What a job means for its shot, in a word or two; empty where it says nothing. */
export function jobText(t: Translate, job: JobView | undefined): string | undefined {
  if (job?.status === 'running') return `${percent(job)}%`;
  if (job?.status === 'pending') return t('waiting');
  return job?.status === 'error' ? t('failed') : undefined;
}

export function shotText(t: Translate, view: ShotView, job?: JobView): NodeText {
  const words = legible(firstLine(view.shot.description));
  const label = `${slateCode(view.shot.number)}  ${words}`;
  const takes = view.problem === undefined ? takeCount(t, view.takeCount) : t('takes cannot be read');
  const readOnly = view.readOnly ? t('read-only') : undefined;
  const stale = view.stale === undefined ? undefined : t('stale');
  const description = joined(jobText(t, job), takes, stale, readOnly, framing(t, view));
  const size = view.shot.size === undefined ? undefined : sizeName(t, view.shot.size);
  const spoken = [t('Shot {number}, {title}', { number: view.shot.number, title: words }), size].filter(
    Boolean,
  );
  return text(label, description, spoken.join(', '));
}

export function takeText(t: Translate, take: TakeView): NodeText {
  const shown = take.shown === 'active' ? t('active') : take.shown === 'latest' ? t('latest') : undefined;
  const label = t('Take {number}', { number: slateCode(take.number) });
  const seed = t('seed {seed}', { seed: take.seed });
  const said = [shown, ...reviewWords(t, take.review), take.stale === undefined ? undefined : t('stale')];
  return text(label, joined(...said, statusOfMedia(t, take.media), legible(take.pipeline.id), seed));
}

export function problemText(_t: Translate, failure: Failure): NodeText {
  return text(legible(failure.message), '');
}
