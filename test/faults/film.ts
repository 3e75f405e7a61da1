import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auteur, git, makeFilm, type Place } from '../cli/auteur.ts';
import { createTestHome } from '../lib/testHome.ts';

/** A small film of its own on a machine of its own: what a fault does to it reaches no other. */
export interface Film extends Place {
  readonly root: string;
  /** What was compiled once serves hundreds of calls. */
  readonly env: NodeJS.ProcessEnv;
  /** Hashes of everything recorded so far, by path: none of it may ever change. */
  readonly recorded: Map<string, string>;
  /** Takes that were there before this machine's queue began. */
  readonly given: number;
  dispose(): Promise<void>;
}

const shots = 2;
const resolution = [160, 90];

/** Makes one film and gives copies of it, which takes a tenth of the time. */
export class FilmCopies {
  readonly #original: Place;

  private constructor(original: Place) {
    this.#original = original;
  }

  static async make(): Promise<FilmCopies> {
    const place = await makeFilm(await createTestHome(), shots);
    const manifest = join(place.cwd, 'project.json');
    const project = JSON.parse(await readFile(manifest, 'utf8')) as { settings: Record<string, unknown> };
    project.settings['resolution'] = resolution;
    await writeFile(manifest, `${JSON.stringify(project, null, 2)}\n`);
    await git(place, 'commit', '--quiet', '--all', '--message', 'Draw small');
    const generated = await auteur(place, 'generate', '01/01/01');
    if (generated.code !== 0) throw new Error(generated.stderr);
    return new FilmCopies(place);
  }

  async copy(): Promise<Film> {
    const home = await createTestHome();
    await cp(this.#original.home.workspace, home.workspace, { recursive: true });
    const root = join(home.workspace, 'Projects', 'Test_Film');
    const env = { NODE_COMPILE_CACHE: join(this.#original.home.root, 'compiled') };
    return { home, cwd: root, root, env, recorded: new Map(), given: 1, dispose: () => home.dispose() };
  }

  dispose(): Promise<void> {
    return rm(this.#original.home.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What the next start of any program of ours does: takes up what was left, and ends. */
export async function recover(film: Film): Promise<void> {
  const { code, stdout, stderr } = await auteur(film, 'worker', '--once');
  if (code !== 0) throw new Error(`The worker after it ended with ${String(code)}: ${stdout}${stderr}`);
}
