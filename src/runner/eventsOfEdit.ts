import { documentKind, documentPath } from '../core/domain/documents/documentFile.ts';
import { AuteurError } from '../core/errors.ts';
import type { Project } from '../core/model/project.ts';
import type { AuteurEvent } from '../core/protocol/events.ts';
import { readProject } from '../core/storage/projectFiles.ts';

/** The narrative structure before an edit; whatever keeps it from being read, the edit itself tells. */
export async function structureOf(root: string): Promise<string | undefined> {
  try {
    return (await readProject(root)).value.narrative.structure;
  } catch (error) {
    if (AuteurError.is(error)) return undefined;
    throw error;
  }
}

/** What is told of an edit beyond the names of its files. */
export function eventsOfEdit(
  { id: projectId, narrative: { structure } }: Pick<Project, 'id' | 'narrative'>,
  paths: readonly string[],
  before: string | undefined,
): readonly AuteurEvent[] {
  const documents = paths.flatMap((path): AuteurEvent[] => {
    const parts = documentPath(path);
    if (parts === undefined) return [];
    return [{ type: 'creative_document_updated', projectId, documentType: documentKind(parts), path }];
  });
  if (before === undefined || before === structure) return documents;
  return [...documents, { type: 'narrative_structure_changed', projectId, structure }];
}
