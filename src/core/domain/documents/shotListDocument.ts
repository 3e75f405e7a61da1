import { slugOf, type ChapterText, type FilmText, type SceneText, type ShotText } from './filmText.ts';
import { generatedPart } from './generatedPart.ts';
import { joinBlocks, markdownTable, markdownText } from './markdown.ts';

/** The shots to be made, to be read and printed; the shot lists of the scenes are the truth. */
export function shotListDocument(title: string, part: readonly string[]): string {
  return joinBlocks([`# ${markdownText(title)}`, part.join('\n'), '## Notes']);
}

/** The shots of the whole film, or of one scene that is given with its id. */
export function shotPart(
  film: FilmText,
  only?: { readonly id: string; readonly scene: SceneText },
): readonly string[] {
  if (only !== undefined) return generatedPart({ of: 'shots', scene: only.id }, [...sceneLines(only.scene)]);
  const lines = film.chapters.flatMap(chapterLines);
  return generatedPart({ of: 'shots' }, lines.length === 0 ? ['The film has no scenes.'] : lines);
}

function chapterLines({ address, title, scenes }: ChapterText): readonly string[] {
  if (scenes.length === 0) return [];
  return [
    `## ${address} ${markdownText(title)}`,
    '',
    ...scenes.flatMap((scene) => [...sceneLines(scene), '']),
  ];
}

function sceneLines(scene: SceneText): readonly string[] {
  const slug = slugOf(scene);
  const head = [`### ${scene.address} ${markdownText(scene.title)}`, ''];
  const where = slug === undefined ? [] : [`*${markdownText(slug)}*`, ''];
  if (scene.shots.length === 0) return [...head, ...where, 'No shots yet.'];
  return [...head, ...where, ...markdownTable(columns, scene.shots.map(shotRow))];
}

const columns = ['Shot', 'Size', 'Camera', 'Seconds', 'What is seen', 'Who', 'What is said'];

function shotRow(shot: ShotText): readonly string[] {
  const lens = shot.lens === undefined ? undefined : `${String(shot.lens)} mm`;
  const camera = [shot.angle, shot.movement, lens].filter((part) => part !== undefined).join(', ');
  return [
    shot.address,
    shot.size ?? '',
    camera,
    shot.duration === undefined ? '' : String(shot.duration),
    ...[shot.description, shot.characters.join(', '), shot.dialogue ?? ''].map(markdownText),
  ];
}
