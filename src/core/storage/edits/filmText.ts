import type { AssetText, BeatText, FilmText, SceneText, ShotText } from '../../domain/documents/filmText.ts';
import { slateCode } from '../../model/address.ts';
import type { AssetId } from '../../model/ids.ts';
import type { EmotionalBeat, Project } from '../../model/project.ts';
import type { Shot } from '../../model/shotList.ts';
import { allScenes, type PlacedScene } from '../projectFiles.ts';
import type { FilmDraft } from './filmDraft.ts';

/**
 * The film as its documents tell it.
 * @throws AuteurError `file-unreadable` where a shot list or an asset cannot be read
 */
export async function readFilmText(draft: FilmDraft): Promise<FilmText> {
  const { project } = draft;
  const scenes = new Map<string, SceneText>();
  for (const placed of allScenes(project)) scenes.set(placed.scene.id, await sceneText(draft, placed));
  return {
    name: project.name,
    characters: await assetTexts(draft, 'characters'),
    locations: await assetTexts(draft, 'locations'),
    chapters: project.narrative.chapters.map(({ number, title, synopsis, ...chapter }) => ({
      address: slateCode(number),
      title,
      synopsis,
      scenes: chapter.scenes.flatMap(({ id }) => scenes.get(id) ?? []),
    })),
    beats: beatTexts(project),
  };
}

export async function sceneText(draft: FilmDraft, { scene, address }: PlacedScene): Promise<SceneText> {
  const { number, title, synopsis, setting, timeOfDay, location } = scene;
  const { project } = draft;
  const shots = (await draft.listFile(scene.shotList)).value?.shots ?? [];
  return {
    address,
    number,
    title,
    synopsis,
    setting,
    timeOfDay,
    location: location === undefined ? undefined : nameOf(project, 'locations', location),
    shots: shots.map((shot) => shotText(project, shot, address)),
  };
}

export function beatTexts(project: Project): readonly BeatText[] {
  return project.narrative.emotionalBeats.map((beat) => {
    const { name, description, position, intensity } = beat;
    return { name, description, position, intensity, boundTo: boundTo(project, beat) };
  });
}

function boundTo(project: Project, beat: EmotionalBeat): string | undefined {
  const placed = allScenes(project).find(({ scene }) => scene.id === beat.scene);
  if (placed !== undefined) return `${placed.address} ${placed.scene.title}`;
  const chapter = project.narrative.chapters.find(({ id }) => id === beat.chapter);
  return chapter === undefined ? undefined : `${slateCode(chapter.number)} ${chapter.title}`;
}

function shotText(project: Project, shot: Shot, scene: string): ShotText {
  const { description, size, angle, movement, lens, duration, dialogue, number } = shot;
  const characters = (shot.characters ?? []).map((id) => nameOf(project, 'characters', id));
  const address = `${scene}/${slateCode(number)}`;
  return { address, description, size, angle, movement, lens, duration, dialogue, characters };
}

/** One that is no longer in the film is called by its id, so that it is seen. */
function nameOf(project: Project, category: 'characters' | 'locations', id: AssetId): string {
  return project.assets[category].find((asset) => asset.id === id)?.name ?? id;
}

async function assetTexts(
  draft: FilmDraft,
  category: 'characters' | 'locations',
): Promise<readonly AssetText[]> {
  const assets = draft.project.assets[category];
  return Promise.all(
    assets.map(async ({ id, name }) => ({
      name,
      description: (await draft.assetFile(category, id))?.value?.description,
    })),
  );
}
