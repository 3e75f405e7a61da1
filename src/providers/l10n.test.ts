import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { catalogue } from '../core/errorCatalogue.ts';

const call = /\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;

function sentences(file: string): readonly string[] {
  const calls = [...readFileSync(file, 'utf8').matchAll(call)];
  return calls.map(([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1'));
}

// `npx vitest run -u src/providers/l10n.test.ts` exports the sentences again.
it('exports every sentence to l10n/bundle.l10n.json', async () => {
  const files = globSync('src/{extension,providers}/**/*.ts').filter((file) => !file.endsWith('.test.ts'));
  const errors = Object.values(catalogue).flatMap(({ message, hint }) => [message, hint]);
  const all = [...new Set([...files.flatMap(sentences), ...errors])].sort();
  const bundle = Object.fromEntries(all.map((sentence) => [sentence, sentence]));
  await expect(`${JSON.stringify(bundle, undefined, 2)}\n`).toMatchFileSnapshot(
    '../../l10n/bundle.l10n.json',
  );
});
