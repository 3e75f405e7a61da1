import type { Command } from 'commander';
import { formatAddress, parseAddress, type Address } from '../../core/model/address.ts';
import { AuteurError } from '../../core/errors.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { ChapterView, FilmView, ShotView } from '../../core/protocol/views.ts';
import { UsageError } from '../exit.ts';
import { filmLines, sceneLines, shotLines, type SceneShots } from '../format/filmTree.ts';
import { promptLines } from '../format/promptLines.ts';
import { recipeLines } from '../format/recipeLines.ts';
import { examples, wholeNumberIn } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

interface ShowOptions {
  readonly prompt?: true;
  readonly take?: number;
  readonly watch?: true;
}

const takeRange = { min: 1, max: 999_999 };

export function registerShow(program: Command, run: Run): void {
  program
    .command('show')
    .description('show the film, a chapter, the shots of a scene, or one shot with its takes')
    .argument('[address]', 'chapter, chapter/scene or chapter/scene/shot by their numbers')
    .option('--prompt', 'what a pipeline is asked for this shot, part by part')
    .option('--take <n>', 'how a take of this shot was made', wholeNumberIn('--take', takeRange))
    .option('--watch', 'show it anew whenever it changes, until stopped; with --json one object a line')
    .addHelpText(
      'after',
      examples(
        'show',
        'show 01/02',
        'show 01/02/03 --json',
        'show 01/02/03 --prompt',
        'show 01/02/03 --take 2',
        'show 01/02 --watch',
      ),
    )
    .action((address: string | undefined, options: ShowOptions) =>
      run((session) => show(session, address, options)),
    );
}

async function show(session: Session, text: string | undefined, options: ShowOptions): Promise<Reply> {
  const address = text === undefined ? undefined : readAddress(text);
  const root = await session.project();
  const read = (): Promise<Reply> => showOnce(session, { root, address }, options);
  if (options.watch !== true) return read();
  // Loaded when it is needed: most calls end at once.
  const { watchShown } = await import('../watchShown.ts');
  return watchShown(session, root, read);
}

interface Place {
  readonly root: string;
  readonly address: Address | undefined;
}

async function showOnce(session: Session, { root, address }: Place, options: ShowOptions): Promise<Reply> {
  if (options.prompt === true) return showPrompt(session, root, address);
  if (options.take !== undefined) return showRecipe(session, root, { address, take: options.take });
  const studio = session.studio();
  const film = await studio.film(root);
  if (address?.scene === undefined) return showFilm(session, { studio, root, film }, address);
  const { chapter, scene: number, shot } = address;
  const { scenes } = named(film.chapters, 'chapter', { chapter });
  const scene = named(scenes, 'scene', { chapter, scene: number });
  const shots = await studio.shots(root, scene.id);
  if (shot === undefined)
    return { json: { scene, shots }, lines: sceneLines(session.terminal, { scene, shots }) };
  return showShot(session, { studio, root, shot: named(shots, 'shot', address) });
}

async function showPrompt(session: Session, root: string, address: Address | undefined): Promise<Reply> {
  if (address?.shot === undefined) {
    throw new UsageError('A prompt is that of one shot.', 'Try "auteur show 01/02/03 --prompt".');
  }
  const { address: shot, prompt } = await session.studio().prompt(root, formatAddress(address));
  const { spans = [], ...texts } = prompt;
  const json = { address: shot, prompt: texts, spans };
  return { json, lines: promptLines(session.terminal, json) };
}

async function showRecipe(
  session: Session,
  root: string,
  { address, take }: { address: Address | undefined; take: number },
): Promise<Reply> {
  if (address?.shot === undefined) {
    throw new UsageError('A take is that of one shot.', 'Try "auteur show 01/02/03 --take 2".');
  }
  const recipe = await session.studio().recipe(root, formatAddress(address), take);
  return { json: recipe, lines: recipeLines(session.terminal, recipe) };
}

function readAddress(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new AuteurError('address-invalid', { address: text });
  return address;
}

interface ShownFilm {
  readonly studio: Studio;
  readonly root: string;
  readonly film: FilmView;
}

async function showFilm(session: Session, shown: ShownFilm, address: Address | undefined): Promise<Reply> {
  const { studio, root, film } = shown;
  const chapters = address === undefined ? film.chapters : [named(film.chapters, 'chapter', address)];
  const all: SceneShots[] = [];
  // One after the other: of a long film not everything that is read has room at once.
  for (const scene of chapters.flatMap((chapter) => chapter.scenes))
    all.push({ scene, shots: await studio.shots(root, scene.id) });
  const counted = chapters.map((chapter) => chapterJson(chapter, all));
  const lines = filmLines(session.terminal, { ...film, chapters }, all);
  return {
    json: address === undefined ? { film: { ...film, chapters: counted } } : { chapter: counted[0] },
    lines,
  };
}

function chapterJson(chapter: ChapterView, all: readonly SceneShots[]): object {
  const scenes = chapter.scenes.map((scene) => {
    const shots = all.find((entry) => entry.scene.id === scene.id)?.shots ?? [];
    return { ...scene, shots: shots.length, takes: shots.reduce((sum, shot) => sum + shot.takeCount, 0) };
  });
  return { ...chapter, scenes };
}

interface ShownShot {
  readonly studio: Studio;
  readonly root: string;
  readonly shot: ShotView;
}

async function showShot(session: Session, { studio, root, shot }: ShownShot): Promise<Reply> {
  const takes = shot.problem === undefined ? await studio.takes(root, shot.id) : [];
  return { json: { shot, takes }, lines: shotLines(session.terminal, shot, takes) };
}

function named<T extends { readonly address: string }>(all: readonly T[], what: string, wanted: Address): T {
  const address = formatAddress(wanted);
  const found = all.find((one) => one.address === address);
  if (found === undefined) throw new AuteurError('address-unknown', { what, address });
  return found;
}
