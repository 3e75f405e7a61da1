import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const types = fileURLToPath(import.meta.resolve('@types/vscode/index.d.ts'));

/**
 * An esbuild plugin that takes the members of VS Code's API once for the whole bundle.
 *
 * Without it every module that imports `vscode` gets a copy of the API, with a getter for each of its 350 members,
 * which was a third of the time in which our code loads.
 */
export const vscodeOnce: Plugin = {
  name: 'vscode-once',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'vscode' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'vscode' },
    );
    build.onLoad({ filter: /^vscode$/, namespace: 'vscode' }, async () => ({
      contents: [
        "const api = require('vscode');",
        'const member = (name) => api[name];',
        // What is not used is left out.
        ...(await membersOfApi()).map((name) => `export const ${name} = /* @__PURE__ */ member('${name}');`),
      ].join('\n'),
    }));
  },
};

/** What the API has at run time: all that is more than a type. In such a declaration `export` may be left out. */
async function membersOfApi(): Promise<readonly string[]> {
  const text = await readFile(types, 'utf8');
  const found = text.matchAll(
    /^(?:\t| {4})(?:export )?(?:abstract )?(?:class|enum|namespace|const|let|function) (\w+)/gm,
  );
  return [...new Set(Array.from(found, ([, name = '']) => name))].sort();
}
