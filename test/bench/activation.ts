import { setTimeout as sleep } from 'node:timers/promises';
import type { TestHome } from '../lib/testHome.ts';
import { startVscodeServer } from '../lib/vscodeServer.ts';
import { Workbench } from '../lib/workbench.ts';
import type { Report } from './lib/finding.ts';
import { atHome, makeFilm } from './lib/place.ts';

const sessions = 9;
const ours = 'auteur.auteur-movie-director';
const git = 'vscode.git';
const tries = 20;

/** Milliseconds, as VS Code measured them. */
interface Activation {
  readonly load: number;
  readonly call: number;
}

/** Of one session. */
interface Seen {
  readonly ours: Activation;
  readonly git: Activation;
}

export function activation(): Promise<Report> {
  return atHome(async (home) => {
    await makeFilm(home, 'Bench');
    const seen: Seen[] = [];
    for (let count = 0; count < sessions; count++) seen.push(await session(home));
    const total = ({ load, call }: Activation): number => load + call;
    return {
      title: 'Activation',
      how: `${sessions} fresh sessions of a real VS Code on a workspace with a film, all of it on this machine. From VS Code's own "Developer: Startup Performance", in whole milliseconds: from the mark willLoadExtensionCode to didLoadExtensionCode, and the activate call. (The column "load code" on that page begins earlier: where several extensions are loaded in one go, it counts the others too.)`,
      findings: [
        {
          what: 'Code load and activate call',
          bar: { atMost: 50, unit: 'ms' },
          samples: seen.map((one) => total(one.ours)),
          beside: `of these the code load ${seen.map((one) => one.ours.load).join(', ')} ms; the built-in Git extension in the same sessions: ${seen.map((one) => total(one.git)).join(', ')} ms`,
        },
        {
          what: 'Beside the built-in Git extension',
          bar: { atMost: 1, unit: '×' },
          samples: seen.map((one) => total(one.ours) / total(one.git)),
        },
      ],
    };
  });
}

async function session(home: TestHome): Promise<Seen> {
  const server = await startVscodeServer({ env: home.env });
  try {
    const workbench = await Workbench.open({ server, folder: home.workspace });
    try {
      await workbench.openActivity('Auteur');
      await workbench.treeRow('Bench').waitFor();
      return await activations(workbench);
    } finally {
      await workbench.close();
    }
  } finally {
    await server.stop();
  }
}

/** The page is written once, when it is opened; one that came too early is opened again. */
async function activations(workbench: Workbench): Promise<Seen> {
  let text = '';
  for (let count = 0; count < tries; count++) {
    text = await startupPerformance(workbench);
    const [own, other] = [ours, git].map((id) => activationOf(text, id));
    if (own !== undefined && other !== undefined) return { ours: own, git: other };
    await sleep(500);
  }
  throw new Error(`VS Code does not say how long ${ours} and ${git} took to activate:\n${text}`);
}

/** Opened anew each time, and read as a person would take it to an issue: all of it, by copying. */
async function startupPerformance(workbench: Workbench): Promise<string> {
  const { page } = workbench;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await workbench.runCommand('View: Close All Editors');
  await workbench.runCommand('Developer: Startup Performance');
  await workbench.editorTab('Startup Performance').waitFor();
  await page.locator('.editor-instance .view-lines').getByText('System Info').waitFor();
  await page.locator('.editor-instance .view-lines').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+C');
  return page.evaluate<string>('navigator.clipboard.readText()');
}

function activationOf(text: string, extension: string): Activation | undefined {
  const lines = text.split('\n');
  const [from, to] = ['will', 'did'].map((when) => markOf(lines, `${when}LoadExtensionCode/${extension}`));
  // A row of the table: extension, eager, load code, call activate, and more.
  const row = lines.find((line) => line.startsWith(`| ${extension} `));
  const call = row?.split('|')[4];
  if (from === undefined || to === undefined || call === undefined) return undefined;
  return { load: to - from, call: Number(call) };
}

/** When the mark was set, in milliseconds: its line has a name and a time, with tabs between. */
function markOf(lines: readonly string[], name: string): number | undefined {
  const line = lines.find((one) => one.startsWith(`code/extHost/${name}\t`));
  return line === undefined ? undefined : Number(line.split('\t')[1]);
}
