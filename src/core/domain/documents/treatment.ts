import { slugOf, type AssetText, type FilmText, type SceneText } from './filmText.ts';
import { joinBlocks, markdownParagraphs, markdownText } from './markdown.ts';

/** The film told in prose: its people and places, its chapters, and what happens in each scene. */
export function treatmentText(title: string, film: FilmText): string {
  return joinBlocks([
    `# ${markdownText(title)}`,
    ...assetList('Characters', film.characters),
    ...assetList('Locations', film.locations),
    ...film.chapters.flatMap((chapter) => [
      `## ${chapter.address} ${markdownText(chapter.title)}`,
      ...markdownParagraphs(chapter.synopsis),
      ...chapter.scenes.flatMap(sceneBlocks),
    ]),
  ]);
}

function assetList(head: string, assets: readonly AssetText[]): readonly string[] {
  if (assets.length === 0) return [];
  const lines = assets.map(({ name, description = '' }) => {
    const words = markdownText(description);
    return `- **${markdownText(name)}**${words === '' ? '' : `: ${words}`}`;
  });
  return [`## ${head}`, lines.join('\n')];
}

function sceneBlocks(scene: SceneText): readonly (string | undefined)[] {
  const slug = slugOf(scene);
  return [
    `### ${scene.address} ${markdownText(scene.title)}`,
    slug === undefined ? undefined : `*${markdownText(slug)}*`,
    ...markdownParagraphs(scene.synopsis),
    ...scene.shots.flatMap(({ description }) => markdownParagraphs(description)),
  ];
}
