import type { Command } from 'commander';
import { parseAddress, type Address } from '../../core/model/address.ts';
import { AuteurError } from '../../core/errors.ts';
import type { Studio } from '../../core/ports/studio.ts';
import type { ChapterView, FilmView, SceneSummary, ShotView } from '../../core/protocol/views.ts';
import { filmLines, sceneLines, shotLines, type SceneShots } from '../format/filmTree.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

export function registerShow(program: Command, run: Run): void {
  program
    .command('show')
    .description('show the film, a chapter, the shots of a scene, or one shot with its takes')
    .argument('[address]', 'chapter, chapter/scene or chapter/scene/shot by their numbers')
    .addHelpText('after', examples('show', 'show 01/02', 'show 01/02/03 --json'))
    .action((address: string | undefined) => run((session) => show(session, address)));
}

async function show(session: Session, text: string | undefined): Promise<Reply> {
  const address = text === undefined ? undefined : readAddress(text);
  const root = await session.project();
  const studio = session.studio();
  const film = await studio.film(root);
  if (address?.scene === undefined) return showFilm(session, { studio, root, film }, address);
  const scene = findScene(film, address, text);
  const shots = await studio.shots(root, scene.id);
  if (address.shot === undefined)
    return { json: { scene, shots }, lines: sceneLines(session.terminal, { scene, shots }) };
  return showShot(session, { studio, root, shot: findShot(shots, address, text) });
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
  const chapters = address === undefined ? film.chapters : [findChapter(film, address)];
  const all = await Promise.all(
    chapters.flatMap((chapter) =>
      chapter.scenes.map(async (scene) => ({ scene, shots: await studio.shots(root, scene.id) })),
    ),
  );
  const counted = chapters.map((chapter) => chapterJson(chapter, all));
  const lines = filmLines(session.terminal, { project: film.project, chapters }, all);
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
  const takes = await studio.takes(root, shot.id);
  return { json: { shot, takes }, lines: shotLines(session.terminal, shot, takes) };
}

function findChapter(film: FilmView, address: Address): ChapterView {
  const chapter = film.chapters.find(({ number }) => number === address.chapter);
  if (chapter === undefined)
    throw new AuteurError('address-unknown', { what: 'chapter', address: address.chapter });
  return chapter;
}

function findScene(film: FilmView, address: Address, text = ''): SceneSummary {
  const scene = findChapter(film, address).scenes.find(({ number }) => number === address.scene);
  if (scene === undefined) throw new AuteurError('address-unknown', { what: 'scene', address: text });
  return scene;
}

function findShot(shots: readonly ShotView[], address: Address, text = ''): ShotView {
  const found = shots.find(({ shot }) => shot.number === address.shot);
  if (found === undefined) throw new AuteurError('address-unknown', { what: 'shot', address: text });
  return found;
}
