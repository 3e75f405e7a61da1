import { documentKind, documentPath } from '../core/domain/documents/documentFile.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { AuteurEvent } from '../core/protocol/events.ts';

/** What is told of the creative documents among changed files. */
export function documentEvents(projectId: ProjectId, paths: readonly string[]): readonly AuteurEvent[] {
  return paths.flatMap((path): AuteurEvent[] => {
    const parts = documentPath(path);
    if (parts === undefined) return [];
    return [{ type: 'creative_document_updated', projectId, documentType: documentKind(parts), path }];
  });
}
