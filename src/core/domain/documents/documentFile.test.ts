import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DocumentKind } from '../../model/documentKind.ts';
import { Title } from '../../model/title.ts';
import { folderKey } from '../names.ts';
import { documentKind, documentPath, freeDocumentPath } from './documentFile.ts';

const title = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => Title.safeParse(text).success);

test('every title gets a document of its own, whatever names are taken', () => {
  fc.assert(
    fc.property(
      fc.array(title, { maxLength: 8 }),
      fc.constantFrom(...DocumentKind.options),
      (titles, kind) => {
        const names: string[] = [];
        for (const one of [...titles, ...titles.map((text) => text.toUpperCase())]) {
          const path = freeDocumentPath(kind, one, names);
          const parts = documentPath(path);
          expect(parts).toBeDefined();
          names.push(path.slice(path.lastIndexOf('/') + 1));
        }
        expect(new Set(names.map(folderKey)).size).toBe(names.length);
      },
    ),
  );
});

test.each([
  ['project.json', undefined],
  ['02_Source_Creative/ShotLists/Chapter_01_Scene_01.shotlist.json', undefined],
  ['02_Source_Creative/Treatments/../../x.md', undefined],
  ['02_Source_Creative/Treatments/.x.md', undefined],
  ['02_Source_Creative/Treatments/deep/x.md', undefined],
  ['01_Assets/Characters/x.md', undefined],
  ['02_Source_Creative/Treatments/x.md', 'treatment'],
  ['02_Source_Creative/Scripts/x.fountain', 'screenplay'],
  ['02_Source_Creative/Scripts/x.md', 'screenplay'],
  ['02_Source_Creative/ShotLists/x.md', 'shot-list'],
])('%s is %s', (path, kind) => {
  const parts = documentPath(path);
  expect(parts && documentKind(parts)).toBe(kind);
});
