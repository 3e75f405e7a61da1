import type { Git } from '../git.ts';
import { requireStockLfs } from '../lfsFilters.ts';
import { writingInto } from '../readOnlyFilm.ts';

interface Branch {
  readonly name?: string;
  readonly upstream?: string;
  readonly ahead?: number;
  readonly behind?: number;
}

export interface ChangedFile {
  readonly path: string;
  /** Neither in the last commit nor in the index. */
  readonly isNew: boolean;
  readonly isConflict: boolean;
}

export interface WorkTreeStatus {
  readonly branch: Branch;
  readonly files: readonly ChangedFile[];
}

/** @throws AuteurError `no-repository`, `repository-elsewhere`, `lfs-filter-replaced`, `film-read-only` */
export async function statusOf(git: Git): Promise<WorkTreeStatus> {
  await git.requireRepository();
  // To see whether a file has changed, Git may filter it.
  await requireStockLfs(git);
  const how = ['--porcelain=v2', '--branch', '--untracked-files=all', '--no-renames', '-z'];
  return parseStatus(await writingInto(git.root, () => git.run(['status', ...how])));
}

function parseStatus(printed: string): WorkTreeStatus {
  const branch: { -readonly [K in keyof Branch]: Branch[K] } = {};
  const files: ChangedFile[] = [];
  for (const line of printed.split('\0')) {
    const [, header = '', value = ''] = /^# branch\.(\S+) (.*)$/s.exec(line) ?? [];
    if (header === 'head' && value !== '(detached)') branch.name = value;
    else if (header === 'upstream') branch.upstream = value;
    else if (header === 'ab') {
      const [, ahead, behind] = /^\+(\d+) -(\d+)$/.exec(value) ?? [];
      Object.assign(branch, { ahead: Number(ahead), behind: Number(behind) });
    } else {
      const file = parseFile(line);
      if (file !== undefined) files.push(file);
    }
  }
  return { branch, files };
}

/** `1 XY sub mH mI mW hH hI path`, `u XY sub m1 m2 m3 mW h1 h2 h3 path`, `? path`. */
function parseFile(line: string): ChangedFile | undefined {
  const isNew = line.startsWith('? ');
  const isConflict = line.startsWith('u ');
  const fields = isNew ? 1 : isConflict ? 10 : line.startsWith('1 ') ? 8 : undefined;
  if (fields === undefined) return undefined;
  return { path: line.split(' ').slice(fields).join(' '), isNew, isConflict };
}
