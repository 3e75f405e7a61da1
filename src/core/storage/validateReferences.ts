import type { AssetCategory, Project } from '../model/project.ts';
import type { ProblemFix } from '../protocol/problemFix.ts';
import { toPointer } from './jsonPointer.ts';
import { problemOf, type Report } from './problems.ts';
import { allScenes, type PlacedShot } from './projectFiles.ts';

const manifest = 'project.json';

interface Reference {
  readonly category: AssetCategory;
  readonly id: string | undefined;
  readonly pointer: string;
}

/** Who names what; `by` begins the sentence. */
interface References {
  readonly by: string;
  readonly path: string;
  readonly all: readonly Reference[];
}

function checkReferences(project: Project, { by, path, all }: References, report: Report): void {
  for (const { category, id, pointer } of all) {
    if (id === undefined || project.assets[category].some((asset) => asset.id === id)) continue;
    const data = { by, id, category, path };
    report(problemOf('asset-dangling', { path, pointer, data, fix: takeOut(pointer, id) }));
  }
}

function takeOut(pointer: string, value: string): ProblemFix {
  return { name: 'take-out-reference', found: { pointer, value }, edits: [{ pointer }] };
}

/** References of the manifest: the film's style, its scenes' styles and locations, what its beats are bound to. */
export function checkFilmReferences(project: Project, report: Report): void {
  const path = manifest;
  const style: Reference = { category: 'styles', id: project.settings.style, pointer: '/settings/style' };
  checkReferences(project, { by: 'The film', path, all: [style] }, report);
  for (const { scene, address, chapterIndex, sceneIndex } of allScenes(project)) {
    const pointer = `/narrative/chapters/${chapterIndex}/scenes/${sceneIndex}`;
    const all: readonly Reference[] = [
      { category: 'locations', id: scene.location, pointer: `${pointer}/location` },
      { category: 'styles', id: scene.style, pointer: `${pointer}/style` },
    ];
    checkReferences(project, { by: `Scene ${address}`, path, all }, report);
  }
  checkBeats(project, report);
}

function checkBeats({ narrative }: Project, report: Report): void {
  const known = {
    chapter: new Set<string>(narrative.chapters.map(({ id }) => id)),
    scene: new Set<string>(narrative.chapters.flatMap(({ scenes }) => scenes.map(({ id }) => id))),
  };
  narrative.emotionalBeats.forEach((beat, index) => {
    for (const what of ['chapter', 'scene'] as const) {
      const id = beat[what];
      if (id === undefined || known[what].has(id)) continue;
      const pointer = `/narrative/emotionalBeats/${index}/${what}`;
      const data = { name: beat.name, what, id, number: index + 1 };
      report(problemOf('beat-dangling', { path: manifest, pointer, data, fix: takeOut(pointer, id) }));
    }
  });
}

/** Of characters whose texts can be read, the ids of their wardrobe. */
export type Wardrobes = ReadonlyMap<string, ReadonlySet<string>>;

export function checkShotReferences(
  project: Project,
  placed: PlacedShot,
  wardrobes: Wardrobes,
  report: Report,
): void {
  const { shot, scene, address, shotIndex } = placed;
  const pointer = `/shots/${shotIndex}`;
  const all: readonly Reference[] = [
    ...(shot.characters ?? []).map((id, index) => ({
      category: 'characters' as const,
      id,
      pointer: `${pointer}/characters/${index}`,
    })),
    { category: 'locations', id: shot.location, pointer: `${pointer}/location` },
    { category: 'styles', id: shot.style, pointer: `${pointer}/style` },
  ];
  const by = `Shot ${address}`;
  const path = scene.shotList;
  checkReferences(project, { by, path, all }, report);
  for (const [character, id] of Object.entries(shot.wardrobe ?? {})) {
    const isKnown = project.assets.characters.some((asset) => asset.id === character);
    if (isKnown && wardrobes.get(character)?.has(id) !== false) continue;
    const place = toPointer(['shots', shotIndex, 'wardrobe', character]);
    const fix = takeOut(place, id);
    report(problemOf('variant-dangling', { path, pointer: place, data: { by, id, character }, fix }));
  }
}
