import { join } from 'node:path';
import { afterAll, beforeEach, onTestFailed } from 'vitest';
import { resultsFolder } from './paths.ts';
import { createTestHome, type TestHome } from './testHome.ts';
import {
  startCodeServer,
  startVscodeServer,
  type VscodeServer,
  type VscodeServerOptions,
} from './vscodeServer.ts';
import { Workbench, type WorkbenchOptions } from './workbench.ts';

type Opening = Omit<WorkbenchOptions, 'server'>;
type ServerOptions = Omit<VscodeServerOptions, 'logFile'> & { readonly vsix?: string };

/** What the tests of one file share: a home of their own, a real VS Code, and the windows on it. */
export class TestWindow {
  readonly #name: string;
  readonly #cleanups: (() => Promise<void>)[] = [];
  readonly #windows: Workbench[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  async makeHome(): Promise<TestHome> {
    const home = await createTestHome();
    this.#cleanups.push(() => home.dispose());
    return home;
  }

  /** For what else the tests have started: it ends after the windows. */
  onClose(cleanup: () => Promise<void>): void {
    this.#cleanups.push(cleanup);
  }

  /** Its log is kept under the name of the file. With an extension from a .vsix, another server is needed. */
  async startServer(options: ServerOptions): Promise<VscodeServer> {
    const { vsix, ...rest } = options;
    const all = { ...rest, logFile: join(resultsFolder, `${this.#name}-server.log`) };
    const server = await (vsix === undefined ? startVscodeServer(all) : startCodeServer({ ...all, vsix }));
    this.#cleanups.push(() => server.stop());
    return server;
  }

  async openOn(server: VscodeServer, opening: Opening): Promise<Workbench> {
    const workbench = await Workbench.open({ server, ...opening });
    this.#windows.push(workbench);
    this.#cleanups.push(() => workbench.close());
    return workbench;
  }

  /** A window on a folder, from a server of its own. */
  async open(env: NodeJS.ProcessEnv, folder: string): Promise<Workbench> {
    return this.openOn(await this.startServer({ env }), { folder });
  }

  async photograph(): Promise<void> {
    for (const [index, workbench] of this.#windows.entries())
      if (!workbench.page.isClosed())
        await workbench.screenshot(`${this.#name}-failed${index === 0 ? '' : `-${index + 1}`}`);
  }

  async close(): Promise<void> {
    for (const cleanup of this.#cleanups.reverse()) await cleanup();
  }
}

/** For a file of tests: all it opens is closed after them, and a test that fails leaves a picture; so does what comes before. */
export function testWindow(name: string): TestWindow {
  const shared = new TestWindow(name);
  let hasBegun = false;
  beforeEach(() => {
    hasBegun = true;
    onTestFailed(() => shared.photograph());
  });
  afterAll(async () => {
    try {
      if (!hasBegun) await shared.photograph();
    } finally {
      await shared.close();
    }
  });
  return shared;
}
