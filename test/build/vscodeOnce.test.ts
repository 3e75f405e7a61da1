import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import { build, type BuildOptions } from 'esbuild';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { vscodeOnce } from '../../scripts/vscodeOnce.ts';

const types = createRequire(import.meta.url).resolve('@types/vscode/index.d.ts');

/** By TypeScript's own understanding of the declarations. */
function declaredValues(): readonly string[] {
  const program = ts.createProgram([types], { types: [], skipLibCheck: true });
  const checker = program.getTypeChecker();
  const module = checker.getAmbientModules().find(({ name }) => name === '"vscode"');
  if (module === undefined) throw new Error(`${types} declares no module "vscode".`);
  const values = checker
    .getExportsOfModule(module)
    .filter(({ flags }) => (flags & ts.SymbolFlags.Value) !== 0);
  return values.map(({ name }) => name).sort();
}

async function bundled(source: string): Promise<string> {
  const options = {
    stdin: { contents: source, resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'silent',
    logOverride: { 'import-is-undefined': 'error' },
    plugins: [vscodeOnce],
  } satisfies BuildOptions;
  const [file] = (await build(options)).outputFiles;
  return file?.text ?? '';
}

/** What the source exports, with an API whose members are their own names. */
function run(bundle: string): Record<string, unknown> {
  const api = new Proxy({}, { get: (_, name) => name });
  const module = { exports: {} };
  const load = runInThisContext(`(function (module, exports, require) {${bundle}\n})`) as (
    ...given: readonly unknown[]
  ) => void;
  load(module, module.exports, (name: string) => {
    if (name !== 'vscode') throw new Error(`${name} is asked for.`);
    return api;
  });
  return module.exports;
}

test('every member that VS Code declares is there', async () => {
  const names = declaredValues();
  expect(names.length).toBeGreaterThan(150);
  const values = names.map((name) => `vscode.${name}`).join(', ');
  const bundle = await bundled(`import * as vscode from 'vscode';\nexport const all = [${values}];`);
  expect(run(bundle)['all']).toEqual(names);
});

test('the API is asked for once, and what is not used is left out', async () => {
  const bundle = await bundled(
    "import * as vscode from 'vscode';\nimport { Uri } from 'vscode';\nexport const used = [vscode.window, Uri];",
  );
  expect(run(bundle)['used']).toEqual(['window', 'Uri']);
  expect(bundle.match(/require\("vscode"\)/g)).toHaveLength(1);
  expect(bundle).not.toContain('ThemeIcon');
});

test('what VS Code does not declare fails the build', async () => {
  const source = "import * as vscode from 'vscode';\nexport const none = vscode.nowhere;";
  await expect(bundled(source)).rejects.toThrow('nowhere');
});
