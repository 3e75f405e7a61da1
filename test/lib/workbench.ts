import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { repositoryRoot, resultsFolder } from './paths.ts';
import { repeat } from './repeat.ts';
import { SideBar } from './sideBar.ts';
import { Terminal } from './terminal.ts';
import type { VscodeServer } from './vscodeServer.ts';

export interface WorkbenchOptions {
  server: VscodeServer;
  /** Null opens a window without a folder, which keeps the settings it has. */
  folder: string | null;
  /** The extension to load from its folder; null where it was installed from a .vsix. */
  extension?: string | null;
  settings?: Record<string, unknown>;
}

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'update.showReleaseNotes': false,
};

const quickInput = '.quick-input-widget:visible';
const activityTitle = 'Auteur';
const shortly = { timeout: 1_000 };
const briefly = { timeout: 3_000 };
const slowly = { timeout: 10_000 };
const size = { width: 1440, height: 900 };

/** A window of VS Code, driven the way a person drives it. Every method waits for what it promises. */
export class Workbench extends SideBar {
  readonly #browser: Browser;

  private constructor(browser: Browser, page: Page) {
    super(page);
    this.#browser = browser;
    page.setDefaultTimeout(30_000);
  }

  /** Opens the folder; settings go into the workspace's own settings file. */
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const { server, folder, extension = repositoryRoot } = options;
    if (folder !== null) await writeSettings(folder, options.settings ?? {});
    const browser = await launchBrowser();
    const workbench = new Workbench(browser, await browser.newPage({ viewport: size }));
    try {
      await workbench.keepTooltipsAway();
      const load = extension === null ? [] : [['extensionDevelopmentPath', server.remotePath(extension)]];
      const payload = [...load, ['skipWelcome', 'true']] as [string, string][];
      await workbench.page.goto(server.url(folder, payload));
      await workbench.#restored();
      return workbench;
    } catch (error) {
      await workbench.screenshot('open-failed');
      await browser.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#restored();
  }

  async setSettings(folder: string, settings: Record<string, unknown>): Promise<void> {
    await writeSettings(folder, settings);
  }

  /** Runs a command by its title as the palette shows it, for instance `Auteur: New Project`. */
  async runCommand(title: string): Promise<void> {
    await this.#typeIntoPalette(title, async () => {
      const line = this.quickPick(title);
      await Promise.race([line.waitFor(slowly), this.#paletteCloses()]);
      await line.click(briefly);
    });
  }

  /** A line of the list that is open. */
  quickPick(label: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first();
  }

  quickInput(): Locator {
    return this.page.locator(`${quickInput} input.input`);
  }

  /** The message below the input box, where a refusal of what was typed stands. */
  quickInputMessage(): Locator {
    return this.page.locator(`${quickInput} .quick-input-message`);
  }

  /** The input box or list that shows this text as its title, prompt or placeholder. */
  quickInputAsking(question: string): Locator {
    const widget = this.page.locator(quickInput);
    return widget
      .filter({ hasText: question })
      .or(widget.filter({ has: this.page.getByPlaceholder(question) }));
  }

  /** Types into the input box that asks this, and accepts it. */
  async answerInput(question: string, text: string): Promise<void> {
    await this.quickInputAsking(question).locator('input.input').fill(text);
    // A remark on what was typed may stand where the question was.
    await this.quickInput().press('Enter');
  }

  /** Chooses a line of the list that asks this. */
  async answerPick(question: string, label: string): Promise<void> {
    await this.quickInputAsking(question).waitFor();
    await this.quickPick(label).click();
  }

  /** Shows a view wherever it is; the secondary side bar starts on another container, or hidden. */
  async showView(name: string): Promise<void> {
    await this.runCommand(`Focus on ${name} View`);
  }

  /** Opens a file of the folder by its path, with Go to File. */
  async openFile(path: string): Promise<void> {
    await repeat(async () => {
      await this.page.keyboard.press('Control+p');
      await this.quickInput().fill(path, briefly);
    });
    const name = path.split('/').at(-1) ?? path;
    await this.quickPick(name).click();
    await this.editorTab(name).waitFor();
    await this.page.locator('.monaco-editor.focused').first().waitFor();
  }

  /**
   * Types the path into the dialog for files, which a window in a browser shows as an input box, and accepts it; what
   * comes next may stand in the same box.
   */
  async answerFileDialog(path: string, next?: Locator): Promise<void> {
    const dialog = this.page.locator(quickInput).filter({ has: this.page.getByLabel('Folder path') });
    const input = dialog.locator('input.input');
    // Until it has listed its folder, it writes that in the place of what was typed.
    await dialog.locator('.monaco-list-row').first().waitFor();
    // What is accepted while the list is still following the typing is ignored.
    await repeat(async () => {
      if (await (next?.isVisible() ?? dialog.isHidden())) return;
      await input.fill(path, briefly);
      await input.press('Enter', briefly);
      await (next?.waitFor(shortly) ?? dialog.waitFor({ state: 'hidden', ...shortly }));
    }, 30);
  }

  /** The page inside a webview view (`WebviewViewProvider`) that contains the element. */
  webviewView(contains: string): Locator {
    return this.#innerPage('iframe.webview.ready[src*="purpose=webviewView"]').locator(contains);
  }

  /** The same for a webview in an editor. */
  webviewEditor(contains: string): Locator {
    return this.#innerPage('iframe.webview.ready:not([src*="purpose=webviewView"]):visible').locator(
      contains,
    );
  }

  /** The question that everything else waits for; a message is a dialog, too, to those who cannot see it. */
  modalDialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** A message to the user, in the notification centre: under test VS Code keeps quiet about information. */
  async notification(text: string | RegExp): Promise<Locator> {
    const centre = this.page.locator('.notifications-center.visible');
    const message = centre.locator('.notification-list-item').filter({ hasText: text }).first();
    // The centre closes when something else takes the focus.
    await repeat(async () => {
      if (!(await centre.isVisible())) await this.runCommand('Notifications: Show Notifications');
      await message.waitFor(briefly);
    });
    return message;
  }

  /** A step of the walkthrough that is open, by its title. */
  walkthroughStep(title: string): Locator {
    return this.page.locator('.getting-started-step').filter({
      has: this.page.locator('.step-title').getByText(title, { exact: true }),
    });
  }

  /** Presses a button of a step, after opening the step if it is closed. */
  async pressInWalkthrough(title: string, button: string): Promise<void> {
    const step = this.walkthroughStep(title);
    const wanted = step.getByRole('button', { name: button, exact: true });
    await repeat(async () => {
      if (!(await wanted.isVisible())) await step.locator('.step-title').click(briefly);
      await wanted.click(briefly);
    });
  }

  /** The terminal in front. */
  get terminal(): Terminal {
    return new Terminal(this);
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text }).first();
  }

  editorTab(label: string | RegExp): Locator {
    return this.page.getByRole('tab').filter({ hasText: label }).first();
  }

  /** Saves a picture of the window in test-results and returns its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(resultsFolder, `${name}.png`);
    await mkdir(resultsFolder, { recursive: true });
    await this.page.screenshot({ path });
    return path;
  }

  /** Until the extension's contributions are there: the palette lists only what is known when it opens. */
  async #restored(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page
      .locator('.activitybar')
      .getByRole('tab', { name: activityTitle })
      .waitFor({ timeout: 60_000 });
  }

  /** The palette closes when something else takes the focus just then: a person would press F1 again. */
  async #typeIntoPalette(title: string, then: () => Promise<void>): Promise<void> {
    await repeat(async () => {
      await this.page.keyboard.press('F1');
      try {
        await this.quickInput().fill(`>${title}`, briefly);
        await then();
      } catch (error) {
        // One that is open goes on with the commands it knew when it was opened. Elsewhere the key means something else.
        if (await this.quickInput().isVisible()) await this.quickInput().press('Escape', briefly);
        throw error;
      }
    });
  }

  /** Lists nothing any more where something else took the focus. */
  async #paletteCloses(): Promise<never> {
    await this.quickInput().waitFor({ state: 'hidden', ...slowly });
    throw new Error('The palette has closed by itself.');
  }

  #innerPage(outer: string): FrameLocator {
    return this.page.frameLocator(outer).frameLocator('#active-frame');
  }
}

async function writeSettings(folder: string, settings: Record<string, unknown>): Promise<void> {
  const target = join(folder, '.vscode');
  await mkdir(target, { recursive: true });
  await writeFile(
    join(target, 'settings.json'),
    JSON.stringify({ ...quietSettings, ...settings }, undefined, 2),
  );
}
