import { newId, ChapterId, ProjectId, SceneId, ShotId } from '../../model/ids.ts';
import type { Project } from '../../model/project.ts';
import type { ShotList } from '../../model/shotList.ts';

/** Shorter ones, typed by hand, may be words of the film as well. */
const shortestOwn = 16;

export type NewIds = ReadonlyMap<string, string>;

/** New ids for all of a film that other films must not share: itself, its chapters, scenes and shots. */
export function newIds(project: Project, lists: readonly ShotList[]): NewIds {
  const { chapters } = project.narrative;
  return new Map([
    [project.id, newId(ProjectId)],
    ...fresh(chapters, ChapterId),
    ...fresh(
      chapters.flatMap(({ scenes }) => scenes),
      SceneId,
    ),
    ...fresh(
      lists.flatMap(({ shots }) => shots),
      ShotId,
    ),
  ]);
}

function fresh(
  nodes: readonly { readonly id: string }[],
  kind: { parse(value: unknown): string },
): readonly (readonly [string, string])[] {
  return nodes.filter(({ id }) => id.length >= shortestOwn).map(({ id }) => [id, newId(kind)] as const);
}

/** The text of a JSON file with the new ids wherever an old one stands, in fields that we do not know, too. */
export function withNewIds(text: string, ids: NewIds): string {
  return text.replace(/"([A-Za-z0-9_-]{1,100})"/g, (whole, id: string) => {
    const given = ids.get(id);
    return given === undefined ? whole : `"${given}"`;
  });
}
