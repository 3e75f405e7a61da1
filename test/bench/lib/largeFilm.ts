import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBigFilm, type FilmSize } from '../../lib/bigFilm.ts';
import { run, settleDisk, type Place } from './place.ts';

/** Raised when films are written in another way. */
const madeBy = 1;

const noFilter = ['clean', 'smudge', 'process'].flatMap((name) => ['-c', `filter.lfs.${name}=`]);

export interface LargeFilm extends Place {
  readonly workspace: string;
}

/** A film of that size with one commit, made once on this machine and used again. */
export async function largeFilm(env: NodeJS.ProcessEnv, size: FilmSize): Promise<LargeFilm> {
  const name = `auteur-bench-film-${madeBy}-${size.shots}-${size.takes}-${size.shotsInScene}`;
  const workspace = join(tmpdir(), name);
  const cwd = join(workspace, 'Projects', 'Big Film');
  const film = { cwd, env, workspace };
  const complete = join(workspace, 'complete');
  if (!existsSync(complete)) {
    await rm(workspace, { recursive: true, force: true });
    await mkdir(cwd, { recursive: true });
    writeBigFilm(cwd, size);
    await commitAll(film);
    writeFileSync(complete, '');
  }
  await rm(join(cwd, '05_Cache'), { recursive: true, force: true });
  await settleDisk(film);
  return film;
}

/** Media are pointers already: no filter has to make them. */
async function commitAll(film: Place): Promise<void> {
  const git = (...args: readonly string[]) => run(film, 'git', ...args);
  await git('init', '--quiet', '--initial-branch=main');
  await git(...noFilter, '-c', 'filter.lfs.required=false', 'add', '--all');
  await git('-c', 'gc.auto=0', 'commit', '--quiet', '--message', 'A large film');
  await git('lfs', 'install', '--local', '--skip-repo');
  await git('status', '--porcelain');
}
