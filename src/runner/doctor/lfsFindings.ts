import { join } from 'node:path';
import { AuteurError } from '../../core/errors.ts';
import { nulSeparated, type Git } from '../../core/storage/git.ts';
import { lfsTypes } from '../../core/storage/gitTemplates.ts';
import { requireStockLfs } from '../../core/storage/lfsFilters.ts';
import { isThere } from '../../core/storage/locate.ts';
import { failed, fine, warning, type Finding } from './check.ts';
import { gitIn } from './commands.ts';

/** As `git lfs install --skip-smudge` sets them: media stay pointers until they are pulled. */
const skipping = / (smudge --skip -- %f|filter-process --skip)$/;

export async function filterFinding(git: Git): Promise<Finding> {
  const values = await Promise.all(
    ['clean', 'smudge', 'process', 'required'].map(async (name) => {
      const key = `filter.lfs.${name}`;
      return { key, set: (await git.query(['config', '--get', key]))?.trim() ?? '' };
    }),
  );
  const install = gitIn(git.root, 'lfs', 'install', '--local', '--skip-repo', '--force');
  const unset = values.filter(({ set }) => set === '').map(({ key }) => key);
  if (unset.length > 0) {
    const are = unset.length === 1 ? 'is' : 'are';
    return failed(
      `${unset.join(', ')} ${are} not set, so media would enter Git as plain files`,
      'Set them up.',
      install,
    );
  }
  return (await foreignFinding(git, install)) ?? skippingFinding(git, values);
}

/** What keeps takes from being committed: the same look as before a commit. */
async function foreignFinding(git: Git, install: string | undefined): Promise<Finding | undefined> {
  try {
    await requireStockLfs(git);
  } catch (error) {
    if (!AuteurError.is(error, 'lfs-filter-replaced')) throw error;
    return failed(error.message, 'Find out who set it; this sets what Git LFS sets.', install);
  }
  if ((await git.query(['config', '--type=bool', '--get', 'filter.lfs.required']))?.trim() === 'true') {
    return undefined;
  }
  const detail =
    'filter.lfs.required is not true, so media would enter Git as plain files where Git LFS fails';
  return failed(detail, 'Set it.', install);
}

function skippingFinding(git: Git, values: readonly { readonly set: string }[]): Finding {
  if (values.some(({ set }) => skipping.test(set))) {
    const detail = 'takes of others are not downloaded by themselves (--skip-smudge)';
    return warning(detail, 'Download them when you need them.', gitIn(git.root, 'lfs', 'pull'));
  }
  return fine('clean, smudge, process and required are as Git LFS sets them');
}

/** What takes are made of; the other groups a team may have reason to keep in Git as text. */
const takeGroups = new Set(['Pictures', 'Film', 'Sound']);

export async function attributesFinding(git: Git): Promise<Finding> {
  const inLfs = await lfsExtensions(git);
  const missing = lfsTypes.map(([title, extensions]) => ({
    title,
    extensions: extensions.filter((extension) => !inLfs.has(extension)),
  }));
  const all = missing.flatMap(({ extensions }) => extensions);
  if (all.length === 0) {
    const count = lfsTypes.flatMap(([, extensions]) => extensions).length;
    return fine(`all ${count} media types go to Git LFS`);
  }
  const detail = `.gitattributes does not send ${listed(all)} to Git LFS`;
  const command = await bringBack(git, all);
  const inTakes = missing.some(({ title, extensions }) => takeGroups.has(title) && extensions.length > 0);
  return inTakes
    ? failed(detail, 'Bring them back, then commit .gitattributes.', command)
    : warning(detail, 'Where that is not on purpose, bring them back, then commit .gitattributes.', command);
}

/** Types of takes that would enter Git as plain files. */
export async function missingTakeTypes(git: Git): Promise<readonly string[]> {
  const inLfs = await lfsExtensions(git);
  const types = lfsTypes.filter(([title]) => takeGroups.has(title)).flatMap(([, extensions]) => extensions);
  return types.filter((extension) => !inLfs.has(extension));
}

/** Asked where takes are: a folder may have attributes of its own. */
async function lfsExtensions(git: Git): Promise<ReadonlySet<string>> {
  const folder = '03_Renders/Chapter_01/Scene_01/Shot_01';
  const paths = lfsTypes.flatMap(([, extensions]) =>
    extensions.map((extension) => `${folder}/take.${extension}`),
  );
  const printed = await git.run(['check-attr', '--stdin', '-z', 'filter'], nulSeparated(paths));
  const found = printed.matchAll(/[^\0]*take\.(\w+)\0filter\0lfs\0/g);
  return new Set([...found].map(([, extension = '']) => extension));
}

async function bringBack(git: Git, extensions: readonly string[]): Promise<string | undefined> {
  const tracked = await git.query(['cat-file', '-e', 'HEAD:.gitattributes']);
  if (tracked !== undefined && !(await isThere(join(git.root, '.gitattributes')))) {
    return gitIn(git.root, 'checkout', 'HEAD', '--', '.gitattributes');
  }
  // `git lfs track` works on the folder it is run in.
  return gitIn(git.root, 'lfs', 'track', ...extensions.map((extension) => `*.${extension}`));
}

function listed(extensions: readonly string[]): string {
  const shown = extensions.slice(0, 4).map((extension) => `*.${extension}`);
  const more = extensions.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more types` : shown.join(', ');
}
