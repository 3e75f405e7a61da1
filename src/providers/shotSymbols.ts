import path from 'node:path';
import * as vscode from 'vscode';
import { legible } from '../core/domain/legible.ts';
import type { Disposable } from '../core/events.ts';
import type { Studio } from '../core/ports/studio.ts';
import type { FoundShot } from '../core/protocol/views.ts';
import type { ProjectIndex } from './projectIndex.ts';

export interface ShotSymbolsNeeds {
  readonly studio: Pick<Studio, 'search'>;
  readonly projects: ProjectIndex;
  readonly log: (line: string) => void;
}

/** More than anybody reads in a list. */
const maxSymbols = 200;

/** Go to Symbol in Workspace finds shots by their words and addresses, and opens the line of their shot list. */
export function registerShotSymbols({ studio, projects, log }: ShotSymbolsNeeds): Disposable {
  /** A film that cannot be read hides no other. */
  const search = async (root: string, query: string): Promise<readonly FoundShot[]> => {
    try {
      return await studio.search(root, query, maxSymbols);
    } catch (error) {
      log(`${root}: ${String(error)}`);
      return [];
    }
  };
  return vscode.languages.registerWorkspaceSymbolProvider({
    provideWorkspaceSymbols: async (query) => {
      const films = (await projects.list()).filter(({ problem }) => problem === undefined);
      const found = await Promise.all(
        films.map(async ({ root, name }) =>
          (await search(root, query)).map((shot) => symbol({ root, name }, shot)),
        ),
      );
      return found.flat();
    },
  });
}

function symbol(film: { root: string; name: string }, shot: FoundShot): vscode.SymbolInformation {
  const name = `${shot.address}  ${legible(shot.description.split('\n', 1)[0] ?? '')}`;
  const uri = vscode.Uri.file(path.join(film.root, shot.path));
  const place = new vscode.Location(uri, new vscode.Position(shot.line, 0));
  return new vscode.SymbolInformation(name, vscode.SymbolKind.Object, legible(film.name), place);
}
