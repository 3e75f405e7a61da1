import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, parseArgs } from 'node:util';
import type { BrowserContext } from 'playwright-core';
import { launchBrowser } from '../lib/browser.ts';
import { isVscodeRelease, repositoryRoot, resultsFolder, type VscodeRelease } from '../lib/paths.ts';
import { writeHistory } from '../lib/history.ts';
import { createTestHome } from '../lib/testHome.ts';
import { startVscodeServer, type VscodeServer } from '../lib/vscodeServer.ts';
import { bundleSuite } from './bundle.ts';
import { type HostResults, linePrefix, sentinel } from './results.ts';

const { values } = parseArgs({
  options: {
    extension: { type: 'string', default: repositoryRoot },
    vscode: { type: 'string', default: 'newest' },
    results: { type: 'string' },
    timeout: { type: 'string', default: '600' },
    only: { type: 'string' },
  },
});
/** A window of a machine in use; what grows with them must not be felt. */
const jobsOfYesterday = 5000;
const release = requireRelease(values.vscode);
const stage = release === 'newest' ? 'host' : `host-${release}`;
const resultsFile = values.results ?? join(resultsFolder, `${stage}.json`);

function requireRelease(text: string): VscodeRelease {
  if (isVscodeRelease(text)) return text;
  throw new Error(`--vscode is "newest" or "1.112", not "${text}"`);
}

interface Ending {
  code: number | 'timeout';
  sawSentinel: boolean;
}

async function main(): Promise<void> {
  await mkdir(dirname(resultsFile), { recursive: true });
  await rm(resultsFile, { force: true });
  const entry = await bundleSuite();
  const home = await createTestHome();
  try {
    await writeHistory(home.state, jobsOfYesterday);
    const server = await startVscodeServer({
      release,
      env: { ...home.env, AUTEUR_TEST_RESULTS: resultsFile, AUTEUR_TEST_ONLY: values.only },
      logFile: join(resultsFolder, `${stage}-server.log`),
    });
    try {
      report(await runIn(server, home.workspace, entry), await readResults());
    } finally {
      await server.stop();
    }
  } finally {
    await home.dispose();
  }
}

async function runIn(server: VscodeServer, workspace: string, entry: string): Promise<Ending> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext();
    const ending = endingOf(context);
    const page = await context.newPage();
    const payload = [
      ['extensionDevelopmentPath', server.remotePath(values.extension)],
      ['extensionTestsPath', server.remotePath(entry)],
      ['skipWelcome', 'true'],
    ] as const;
    await page.goto(server.url(workspace, payload));
    return await ending;
  } finally {
    await browser.close();
  }
}

/** VS Code reports code 0 even when the extension host was killed, so a pass needs the suite's last line too. */
async function endingOf(context: BrowserContext): Promise<Ending> {
  const transcript = createWriteStream(join(resultsFolder, `${stage}-console.log`));
  let sawSentinel = false;
  const { promise, resolve } = Promise.withResolvers<number | 'timeout'>();
  const timer = setTimeout(
    () => {
      resolve('timeout');
    },
    Number(values.timeout) * 1000,
  );
  await context.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    const line = format(...args);
    transcript.write(`${line}\n`);
    if (line.includes(sentinel)) sawSentinel = true;
    if (line.startsWith(linePrefix)) say(line.slice(linePrefix.length));
  });
  await context.exposeFunction('codeAutomationExit', resolve);
  const code = await promise;
  clearTimeout(timer);
  transcript.end();
  return { code, sawSentinel };
}

function say(line: string): void {
  process.stdout.write(`  ${line}\n`);
}

async function readResults(): Promise<HostResults | undefined> {
  const text = await readFile(resultsFile, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as HostResults);
}

function report({ code, sawSentinel }: Ending, results: HostResults | undefined): void {
  const trouble = troubleWith({ code, sawSentinel }, results);
  if (trouble !== undefined) {
    console.error(`error: ${trouble}`);
    console.error(`hint: see test-results/${stage}-console.log and test-results/${stage}-server.log`);
    process.exitCode = 1;
  }
  if (results !== undefined) {
    console.log(`${stage}: ${results.passed} passed, ${results.failed} failed, ${results.skipped} skipped`);
    console.log(`VS Code ${results.vscode}, Node ${results.node}`);
  }
}

function troubleWith({ code, sawSentinel }: Ending, results: HostResults | undefined): string | undefined {
  if (code === 'timeout') return `the host tests did not end within ${values.timeout} s`;
  if (results === undefined) return 'the extension host ended before the tests could write their results';
  if (results.failed > 0) return `${results.failed} host tests failed`;
  if (results.passed === 0) return 'no host test ran';
  if (code !== 0 || !sawSentinel) return `the extension host ended before the tests did (code ${code})`;
  return undefined;
}

await main();
