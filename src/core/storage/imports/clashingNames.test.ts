import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textFilm } from '../../../../test/lib/textFilm.ts';
import { folderKey } from '../../domain/names.ts';
import { AssetId, newId } from '../../model/ids.ts';
import { RelativePath } from '../../model/relativePath.ts';
import { ClashChoice } from '../../protocol/importRequest.ts';
import { takeFolder, takenFolders } from '../edits/newAsset.ts';
import { FilmDraft } from '../edits/filmDraft.ts';
import { AssetPlacing } from './placeInAsset.ts';

/** Names as cameras, other systems and other languages write them, and as Windows reserves them. */
const stem = fc.oneof(
  fc.constantFrom(
    'Ada',
    'ada',
    'ADA',
    'Straße',
    'STRASSE',
    'e\u0301',
    '\u00e9',
    'con',
    'NUL',
    'lpt1',
    'a.',
    'a ',
  ),
  fc.constantFrom(
    '..',
    '.',
    '-',
    'a/b',
    'a\\b',
    'a:b',
    '\u202eabc',
    '\u200b',
    'ﬁ',
    'fi',
    'x'.repeat(240),
    '👩‍👩‍👧',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
);
const name = fc.tuple(stem, fc.constantFrom('.png', '.PNG', '.jpg')).map((parts) => parts.join(''));
const steps = fc.array(stem, { maxLength: 2 }).chain((folders) => name.map((file) => [...folders, file]));

test('whatever files are called, each has a place of its own that every system has, within the asset', () => {
  const asset = { id: newId(AssetId), folder: '01_Assets/Characters/Ada' };
  const choices = fc.constantFrom(...ClashChoice.options);
  fc.assert(
    fc.property(fc.array(fc.tuple(steps, choices), { maxLength: 30 }), (files) => {
      const placing = new AssetPlacing(asset);
      const paths = files.flatMap(([path, clash]) => {
        const placed = placing.put(path, clash);
        return placed.is === 'new' ? [placed.path] : [];
      });
      expect(new Set(paths.map(folderKey)).size).toBe(paths.length);
      for (const path of paths) {
        expect(RelativePath.safeParse(path).success).toBe(true);
        expect(path.startsWith(`${asset.folder}/`)).toBe(true);
        for (const step of path.split('/'))
          expect(step).not.toMatch(/[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|[<>:"|?*\\\p{Cc}]/iu);
      }
    }),
    { numRuns: 300 },
  );
});

test('whatever assets are called, no two folders are one on any system', async () => {
  const root = await textFilm();
  const parent = RelativePath.parse('01_Assets/Characters');
  const draft = await FilmDraft.open(root);
  await fc.assert(
    fc.asyncProperty(fc.array(stem, { maxLength: 20 }), async (names) => {
      const taken = await takenFolders(draft, parent);
      const folders = names.map((one) => takeFolder(taken, parent, one));
      expect(new Set(folders.map(folderKey)).size).toBe(folders.length);
      expect(folders.every((folder) => folder.split('/').length === 3)).toBe(true);
    }),
  );
});
