import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const types = fileURLToPath(import.meta.resolve('@types/vscode/index.d.ts'));

/** What `import … from 'vscode'` gives at run time: the members of the API that are more than types. */
async function membersOfApi() {
  const text = await readFile(types, 'utf8');
  const found = text.matchAll(/^(?:\t| {4})export (?:class|enum|namespace|const|let|function) (\w+)/gm);
  return [...new Set(Array.from(found, ([, name]) => name))].sort();
}

/**
 * An esbuild plugin that takes the members of VS Code's API once for the whole bundle.
 *
 * Without it every module that imports `vscode` gets a copy of the API with a getter for each of its some
 * hundred members, which was a third of the time in which our code loads.
 */
export const vscodeOnce = {
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
