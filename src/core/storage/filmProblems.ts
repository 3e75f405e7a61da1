import { stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { AuteurError, systemCode } from '../errors.ts';
import type { ProjectId } from '../model/ids.ts';
import type { PlacedProblem, TextRange } from '../protocol/problems.ts';
import type { Problem } from '../protocol/views.ts';
import { readUtf8 } from './jsonFile.ts';
import { placeInText } from './placeInText.ts';
import { attempt, type Report } from './problems.ts';
import { readProject, type PlacedShot } from './projectFiles.ts';
import { resolveInside } from './projectPath.ts';
import { scanTakes } from './takes.ts';
import { checkAssets, checkShotLists, checkShots } from './validateFilm.ts';
import { checkNumbers } from './validateNumbers.ts';
import { checkFilmReferences } from './validateReferences.ts';
import { checkActiveTake } from './validateTakes.ts';

interface KnownTakes {
  /** Of the folder: an entry that comes or goes changes it, and a sidecar is replaced by a new one. */
  readonly changed: number;
  readonly ids: ReadonlySet<string>;
}

const start: TextRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** What does not hold together in the texts of films, each with its place; looked for again and again while they are edited. */
export class FilmProblems {
  readonly #takes = new Map<string, KnownTakes>();
  readonly #ids = new Map<string, ProjectId>();
  readonly #last = new Map<string, readonly PlacedProblem[]>();

  /** `changed` is the film whose problems are others than when they were last looked for. */
  async find(root: string): Promise<{ problems: readonly PlacedProblem[]; changed?: ProjectId }> {
    const { problems, id } = await this.#find(root);
    const isNew = !isDeepStrictEqual(problems, this.#last.get(root) ?? []);
    this.#last.set(root, problems);
    if (id !== undefined) this.#ids.set(root, id);
    const known = this.#ids.get(root);
    return isNew && known !== undefined ? { problems, changed: known } : { problems };
  }

  async #find(root: string): Promise<{ problems: readonly PlacedProblem[]; id?: ProjectId }> {
    const found: Problem[] = [];
    const report: Report = (problem) => found.push(problem);
    const project = await attempt('project.json', report, async () => (await readProject(root)).value);
    if (project !== undefined) {
      checkNumbers(project, report);
      checkFilmReferences(project, report);
      const wardrobes = await checkAssets(root, project, report);
      const shots = await checkShotLists(root, project, report);
      checkShots(project, shots, wardrobes, report);
      for (const shot of shots) await this.#checkActive(root, shot, report);
    }
    const problems = await placeAll(root, found);
    return project === undefined ? { problems } : { problems, id: project.id };
  }

  async #checkActive(root: string, placed: PlacedShot, report: Report): Promise<void> {
    const { shot, scene, shotIndex } = placed;
    if (shot.activeTake === undefined) return;
    const tell: Report = (problem) => {
      report({ ...problem, pointer: `/shots/${shotIndex}/folder` });
    };
    const ids = await attempt(scene.shotList, tell, async () =>
      this.#takesIn(await resolveInside(root, shot.folder)),
    );
    if (ids !== undefined) checkActiveTake(placed, ids, report);
  }

  async #takesIn(folder: string): Promise<ReadonlySet<string>> {
    const changed = await changeOf(folder);
    const known = this.#takes.get(folder);
    if (known !== undefined && known.changed === changed) return known.ids;
    const { takes } = await scanTakes(folder);
    const ids = new Set<string>(takes.filter((take) => take.deleted === undefined).map(({ id }) => id));
    this.#takes.set(folder, { changed, ids });
    return ids;
  }
}

async function changeOf(folder: string): Promise<number> {
  try {
    return (await stat(folder)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

async function placeAll(root: string, problems: readonly Problem[]): Promise<readonly PlacedProblem[]> {
  const texts = new Map<string, string | undefined>();
  const placed: PlacedProblem[] = [];
  for (const problem of problems) {
    const { path, pointer, offset } = problem;
    if (!texts.has(path)) texts.set(path, await textOf(root, path));
    const text = texts.get(path);
    const where = {
      ...(pointer === undefined ? {} : { pointer }),
      ...(offset === undefined ? {} : { offset }),
    };
    placed.push({ ...problem, range: text === undefined ? start : placeInText(text, where) });
  }
  return placed;
}

/** What cannot be read has no place in it. */
async function textOf(root: string, path: string): Promise<string | undefined> {
  try {
    return await readUtf8(await resolveInside(root, path));
  } catch (error) {
    if (AuteurError.is(error)) return undefined;
    throw error;
  }
}
