import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Title of the command as the palette shows it. */
export const callTitle = 'Call Everything';

/** Installs an extension that calls commands of others as any extension may, whatever a menu would show. */
export function writeCommandCaller(
  stateFolder: string,
  calls: readonly (readonly [id: string, argument?: object])[],
): void {
  const folder = join(stateFolder, 'extensions', 'test.command-caller-1.0.0');
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'command-caller',
    publisher: 'test',
    version: '1.0.0',
    engines: { vscode: '^1.106.0' },
    main: './extension.js',
    extensionKind: ['workspace'],
    capabilities: { untrustedWorkspaces: { supported: true } },
    contributes: { commands: [{ command: 'test.callEverything', title: callTitle }] },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const source = `const { commands } = require('vscode');
exports.activate = ({ subscriptions }) => {
  subscriptions.push(commands.registerCommand('test.callEverything', async () => {
    for (const [id, ...args] of ${JSON.stringify(calls)}) await commands.executeCommand(id, ...args);
  }));
};
`;
  writeFileSync(join(folder, 'extension.js'), source);
}
