import type { Page } from 'playwright-core';

const shownTerminal = '.terminal-wrapper.active';
/** The buffer hangs on the element; only its drawing, on a canvas, is in the page. */
const terminalText = `(() => {
  const buffer = document.querySelector('${shownTerminal}')?.xterm?.buffer.active;
  const lines = Array.from({ length: buffer?.length ?? 0 }, (_, at) => buffer.getLine(at).translateToString(true));
  return lines.join('\\n').trimEnd();
})()`;

/** What a terminal needs of the window it is in. */
interface Window {
  readonly page: Page;
  runCommand(title: string): Promise<void>;
  answerPick(question: string, label: string): Promise<void>;
}

/** The terminals of a window; what is typed goes to the one in front. */
export class Terminal {
  readonly #window: Window;

  constructor(window: Window) {
    this.#window = window;
  }

  /** Opens a new terminal, which takes what is typed from then on. */
  async open(profile?: string): Promise<void> {
    if (profile === undefined) await this.#window.runCommand('Terminal: Create New Terminal');
    else {
      await this.#window.runCommand('Create New Terminal (With Profile)');
      await this.#window.answerPick('Select the terminal profile to create', profile);
    }
    await this.focus();
  }

  /** Types go to the terminal in front, once its shell has asked for something. */
  async focus(): Promise<void> {
    await this.#window.page.waitForFunction(`${terminalText} !== ''`);
    await this.#window.page.locator(`${shownTerminal} textarea.xterm-helper-textarea`).focus();
  }

  async type(line: string): Promise<void> {
    await this.#window.page.keyboard.type(line);
    await this.#window.page.keyboard.press('Enter');
  }

  /** What the terminal in front shows, with what has scrolled out of sight. */
  text(): Promise<string> {
    return this.#window.page.evaluate(terminalText);
  }
}
