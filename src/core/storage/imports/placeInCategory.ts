import { safeFolderName } from '../../domain/names.ts';
import { Title } from '../../model/title.ts';
import type { AssetCategory } from '../../model/project.ts';
import type { RelativePath } from '../../model/relativePath.ts';
import type { ClashChoice } from '../../protocol/importRequest.ts';
import type { FilmDraft } from '../edits/filmDraft.ts';
import { groupFolder, newAsset, takeFolder, takenFolders } from '../edits/newAsset.ts';
import { AssetPlacing } from './placeInAsset.ts';
import { stemOf, type MadeAsset, type Placement, type Placing } from './placing.ts';

interface Named {
  readonly asset: Pick<MadeAsset['value'], 'id' | 'folder'>;
  readonly isNew: boolean;
}

/** Makes one asset of each file, in the folders it was found in. */
export class CategoryPlacing implements Placing {
  readonly clashes: string[] = [];
  readonly #draft: FilmDraft;
  readonly #category: AssetCategory;
  readonly #within: string;
  readonly #names = new Map<string, Named>();
  readonly #folders = new Map<RelativePath, Set<string>>();
  readonly #files = new Map<string, AssetPlacing>();

  /** @throws AuteurError `value-invalid`, as `groupFolder` */
  constructor(draft: FilmDraft, category: AssetCategory, within = '') {
    groupFolder(category, within);
    this.#draft = draft;
    this.#category = category;
    this.#within = within;
    for (const asset of draft.project.assets[category])
      this.#names.set(keyOf(asset.name), { asset, isNew: false });
  }

  async place(steps: readonly string[], clash: ClashChoice): Promise<Placement> {
    const file = steps.at(-1) ?? '';
    const name = titleOf(file);
    const known = this.#names.get(keyOf(name));
    if (known === undefined) return this.#make(name, steps);
    if (!known.isNew) this.clashes.push(name);
    if (clash === 'skip') return { is: 'skipped', reason: `"${name}" is there already.` };
    if (clash === 'replace') return (await this.#filesOf(known)).put([file], clash);
    for (let count = 2; ; count++) {
      const numbered = `${name} ${count}`;
      if (!this.#names.has(keyOf(numbered))) return this.#make(numbered, steps);
    }
  }

  async #make(name: string, steps: readonly string[]): Promise<Placement> {
    // Folders of the disk may have any name; only what is asked for is refused.
    const folders = steps.slice(0, -1).map(safeFolderName);
    const parent = groupFolder(this.#category, [this.#within, ...folders].join('/'));
    const taken = this.#folders.get(parent) ?? (await takenFolders(this.#draft, parent));
    this.#folders.set(parent, taken);
    const folder = takeFolder(taken, parent, name);
    const { id, text } = newAsset(name, folder);
    const value = { id, name, folder };
    const named: Named = { asset: value, isNew: true };
    this.#names.set(keyOf(name), named);
    const placed = (await this.#filesOf(named)).put([steps.at(-1) ?? ''], 'keep');
    return placed.is === 'new' ? { ...placed, made: { value, text } } : placed;
  }

  async #filesOf({ asset, isNew }: Named): Promise<AssetPlacing> {
    const known = this.#files.get(asset.id);
    if (known !== undefined) return known;
    const placing = isNew ? new AssetPlacing(asset) : await AssetPlacing.open(this.#draft.root, asset);
    this.#files.set(asset.id, placing);
    return placing;
  }
}

function keyOf(name: string): string {
  return name.normalize('NFC');
}

/** `old_harbour-2.png` is called "old harbour-2". */
function titleOf(file: string): string {
  const words = stemOf(file)
    .normalize('NFC')
    .replace(/[\s_\p{Cc}]+/gu, ' ')
    .trim();
  const short = [...new Intl.Segmenter().segment(words)]
    .slice(0, 190)
    .map(({ segment }) => segment)
    .join('');
  return Title.safeParse(short).success ? short : 'Untitled';
}
