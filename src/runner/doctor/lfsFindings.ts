import { join } from 'node:path';
import { nulSeparated, type Git } from '../../core/storage/git.ts';
import { lfsTypes } from '../../core/storage/gitTemplates.ts';
import { isThere } from '../../core/storage/locate.ts';
import { failed, fine, warning, type Finding } from './check.ts';
import { gitIn } from './commands.ts';

/** What `git lfs install` sets. Anything else would be a program of somebody's that Git runs on every take. */
const stock: readonly (readonly [key: string, value: RegExp])[] = [
  ['clean', /^git-lfs clean( --)? %f$/],
  ['smudge', /^git-lfs smudge( --)? %f$/],
  ['process', /^git-lfs filter-process$/],
  ['required', /^(true|yes|on|1)$/],
];

/** As `git lfs install --skip-smudge` sets them: media stay pointers until they are pulled. */
const skipping = /^git-lfs (smudge --skip( --)? %f|filter-process --skip)$/;

export async function filterFinding(git: Git): Promise<Finding> {
  const values = await Promise.all(
    stock.map(async ([key, value]) => {
      const set = (await git.query(['config', '--get', `filter.lfs.${key}`]))?.trim() ?? '';
      return { key, set, right: value.test(set), skips: skipping.test(set) };
    }),
  );
  const install = gitIn(git.root, 'lfs', 'install', '--local', '--skip-repo', '--force');
  const wrong = values.filter(({ right, skips }) => !right && !skips);
  const unset = wrong.filter(({ set }) => set === '').map(({ key }) => `filter.lfs.${key}`);
  if (unset.length > 0) {
    const are = unset.length === 1 ? 'is' : 'are';
    return failed(
      `${unset.join(', ')} ${are} not set, so media would enter Git as plain files`,
      'Set them up.',
      install,
    );
  }
  const [foreign] = wrong;
  if (foreign !== undefined) {
    const detail = `filter.lfs.${foreign.key} is "${foreign.set}", which is not Git LFS's own`;
    return failed(detail, 'Find out who set it; this sets what Git LFS sets.', install);
  }
  if (values.some(({ skips }) => skips)) {
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

async function bringBack(git: Git, extensions: readonly string[]): Promise<string> {
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
