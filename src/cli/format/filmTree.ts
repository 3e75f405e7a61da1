import { AuteurError } from '../../core/errors.ts';
import type { FilmView, SceneSummary, ShotView, TakeView } from '../../core/protocol/views.ts';
import type { Terminal } from '../terminal.ts';
import { table } from './table.ts';
import { reviewWords } from './takeWords.ts';
import { clip, oneLine, plural } from './text.ts';

export interface SceneShots {
  readonly scene: SceneSummary;
  readonly shots: readonly ShotView[];
}

const descriptionWidth = 60;

/** The film as a tree down to its shots. */
export function filmLines(terminal: Terminal, film: FilmView, all: readonly SceneShots[]): readonly string[] {
  const { name, quality, structure } = film.project;
  const head = oneLine([name, quality, structure].filter((part) => part !== undefined).join(' · '));
  const chapters = film.chapters.flatMap((chapter) => [
    `${terminal.paint('bold', chapter.address)}  ${oneLine(chapter.title)}`,
    ...chapter.scenes.flatMap((scene) => sceneBranch(terminal, scene, all)),
  ]);
  return [terminal.paint('bold', head), ...chapters];
}

function sceneBranch(terminal: Terminal, scene: SceneSummary, all: readonly SceneShots[]): readonly string[] {
  const shots = all.find((entry) => entry.scene.id === scene.id)?.shots ?? [];
  const rows = table(shots.map(shotRow));
  return [
    `  ${terminal.paint('bold', scene.address)}  ${heading(scene)}`,
    ...rows.map((row) => `    ${row}`),
  ];
}

export function sceneLines(terminal: Terminal, { scene, shots }: SceneShots): readonly string[] {
  const head = `${terminal.paint('bold', scene.address)}  ${heading(scene)}`;
  const synopsis = scene.synopsis === undefined ? [] : [oneLine(scene.synopsis)];
  return [head, ...synopsis, ...(shots.length === 0 ? ['No shots yet.'] : table(shots.map(shotRow)))];
}

function heading(scene: SceneSummary): string {
  const slug = [scene.setting, scene.location, scene.timeOfDay].filter((part) => part !== undefined);
  const title = oneLine(scene.title);
  return slug.length === 0 ? title : `${title}  (${slug.map(oneLine).join(', ')})`;
}

function shotRow(view: ShotView): readonly string[] {
  const { size = '', movement = '' } = view.shot;
  const description = clip(oneLine(view.shot.description), descriptionWidth);
  return [view.address, size, movement, description, takesOf(view)];
}

function takesOf(view: ShotView): string {
  if (view.problem !== undefined) return `takes cannot be read: ${view.problem.message}`;
  const missing = isActiveMissing(view) ? ', the active take is not there' : '';
  if (view.takeCount === 0) return `no takes${missing}`;
  const shown = view.shown === undefined ? '' : `, ${view.shown.as} ${view.shown.number}`;
  const stale = view.stale === undefined ? '' : ', stale';
  return `${plural(view.takeCount, 'take')}${shown}${stale}${missing}`;
}

function isActiveMissing({ shot, shown }: ShotView): boolean {
  return shot.activeTake !== undefined && shown?.as !== 'active';
}

export function shotLines(terminal: Terminal, view: ShotView, takes: readonly TakeView[]): readonly string[] {
  const head = `${terminal.paint('bold', view.address)}  ${oneLine(view.shot.description)}`;
  return [head, ...table(factsOf(view)), ...takeLines(view, takes)];
}

function takeLines(view: ShotView, takes: readonly TakeView[]): readonly string[] {
  const { problem, address } = view;
  if (problem !== undefined) {
    const hint = problem.hint === undefined ? [] : [`hint: ${oneLine(problem.hint)}`];
    return [`Its takes cannot be read: ${oneLine(problem.message)}`, ...hint];
  }
  const rows = takes.length === 0 ? ['No takes yet.'] : table(takes.map(takeRow));
  if (!isActiveMissing(view)) return rows;
  const { message, hint } = new AuteurError('active-take-missing', { address });
  return [...rows, message, `hint: ${hint}`];
}

function factsOf({ shot, characters }: ShotView): readonly (readonly [string, string])[] {
  const all: readonly (readonly [string, string | undefined])[] = [
    ['size', shot.size],
    ['angle', shot.angle],
    ['movement', shot.movement],
    ['lens', shot.lens === undefined ? undefined : `${shot.lens} mm`],
    ['duration', shot.duration === undefined ? undefined : `${shot.duration} s`],
    ['characters', characters.length === 0 ? undefined : characters.join(', ')],
    ['dialogue', shot.dialogue],
    ['note', shot.note],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function takeRow(take: TakeView): readonly string[] {
  const state = take.media === 'present' ? '' : take.media;
  const stale = take.stale === undefined ? '' : `stale: ${take.stale.join(', ')}`;
  return [
    ...[`take ${take.number}`, take.shown ?? '', reviewWords(take), take.pipeline.id, `seed ${take.seed}`],
    ...[take.path, [state, stale].filter((words) => words !== '').join('; ')],
  ];
}
