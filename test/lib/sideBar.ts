import type { Locator, Page } from 'playwright-core';
import { repeat, soon } from './repeat.ts';

/** Long enough for a click that is heard; one that was ignored is made again. */
const briefly = { timeout: 3_000 };
const calmMs = 150;
/** In the editors, where a mouse lies over no row. */
const besides = [900, 600] as const;

/** The side bar of a window and the trees in it. */
export class SideBar {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a view container of the activity bar. */
  async openActivity(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title });
    await tab.waitFor();
    const shown = this.page.locator('.part.sidebar .composite.title').getByText(title).first();
    // While the window restores its layout, a click on the tab may show the side bar or hide it.
    await repeat(async () => {
      if (!(await shown.isVisible())) await tab.click(briefly);
      await shown.waitFor(briefly);
    });
  }

  /** A row of a tree by the label it begins with. Trees draw only the rows that are in sight. */
  treeRow(label: string | RegExp): Locator {
    const rows = this.page.locator('.part.sidebar, .part.auxiliarybar').getByRole('treeitem');
    return rows.filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) }).first();
  }

  /** From whatever is aimed at: the mouse rests where it has clicked, and one that opens there lies over other rows. */
  protected async keepTooltipsAway(): Promise<void> {
    const putAway = (): Promise<void> => this.page.mouse.move(...besides);
    await this.page.addLocatorHandler(this.#tooltip(), putAway, { noWaitAfter: true });
  }

  #tooltip(): Locator {
    return this.page.locator('.monaco-hover:visible, .workbench-hover:visible').first();
  }

  /**
   * The tooltip of a row, which says this, for as long as it is looked at. It is asked for by a mouse that comes; where
   * the tree is drawn anew, it goes.
   */
  async tooltip(
    label: string | RegExp,
    text: string | RegExp,
    look: (tooltip: Locator) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const hover = this.#tooltip();
    await this.page.removeLocatorHandler(hover);
    try {
      await repeat(async () => {
        await this.page.mouse.move(...besides);
        await this.treeRow(label).hover(briefly);
        await hover.getByText(text).first().waitFor(briefly);
        await look(hover);
        await hover.getByText(text).first().waitFor(briefly);
      });
    } finally {
      await this.keepTooltipsAway();
    }
  }

  /** Opens rows, one below the other. */
  async expand(...labels: readonly (string | RegExp)[]): Promise<void> {
    for (const label of labels) await this.#expandRow(this.treeRow(label));
  }

  async #expandRow(row: Locator): Promise<void> {
    await row.waitFor();
    await repeat(async () => {
      if ((await row.getAttribute('aria-expanded', briefly)) === 'true') return;
      await row.locator('.monaco-tl-twistie').click(briefly);
      await row.and(this.page.locator('[aria-expanded="true"]')).waitFor(briefly);
    });
  }

  /**
   * Opens every line of the tree that can be opened, as far as they are in sight. What is below a line is read when it
   * is opened, which may take a while: who needs a line that is there later asks for it with `expand`.
   */
  async expandAll(): Promise<void> {
    const closed = this.page.locator('.part.sidebar').locator('[role="treeitem"][aria-expanded="false"]');
    for (let quiet = 0; quiet < 5;) {
      quiet = (await closed.count()) === 0 ? quiet + 1 : 0;
      if (quiet === 0) await repeat(() => closed.first().locator('.monaco-tl-twistie').click(briefly));
      else await this.drawn();
    }
  }

  /** The lines of one view of the side bar; others may stand below it. */
  rowsOf(view: string): Locator {
    const header = this.#paneHeader(view);
    return this.page.locator('.part.sidebar .pane').filter({ has: header }).getByRole('treeitem');
  }

  /** Closes a view of the side bar, which gives its room to the others. */
  async collapseView(view: string): Promise<void> {
    const header = this.#paneHeader(view);
    await repeat(async () => {
      if ((await header.getAttribute('aria-expanded')) === 'true') await header.click(briefly);
      await header.and(this.page.locator('[aria-expanded="false"]')).waitFor(briefly);
    });
  }

  #paneHeader(view: string): Locator {
    return this.page.locator('.pane-header').filter({ has: this.page.getByText(view, { exact: true }) });
  }

  /**
   * Drags one row onto another and lets it go once the tree shows that it would be taken, until what it brings about is
   * there: what is dragged while the tree is drawn anew is dropped as nothing.
   */
  async drag(from: Locator, to: Locator, brought: () => Promise<unknown>): Promise<void> {
    const target = to.and(this.page.locator('.drop-target'));
    const { mouse } = this.page;
    await repeat(async () => {
      await this.drawn();
      await from.hover({ position: { x: 60, y: 8 }, ...briefly });
      await mouse.down();
      try {
        for (const y of [9, 10, 11]) await to.hover({ position: { x: 60, y }, force: true, ...briefly });
        await target.waitFor(briefly);
      } catch (error) {
        await this.page.keyboard.press('Escape');
        await mouse.up();
        throw error;
      }
      await mouse.up();
      await brought();
    });
  }

  /** Selects a row by a click, so that a key means it. */
  async select(row: Locator): Promise<void> {
    await repeat(async () => {
      await this.drawn();
      await row.click(briefly);
      await row.and(this.page.locator('.focused')).waitFor(briefly);
    });
  }

  /** Until the side bar has not been drawn anew for a moment, as a person waits who aims at something that moves. */
  async drawn(): Promise<void> {
    await this.page.evaluate(`new Promise((resolve) => {
      const calm = () => setTimeout(() => { observer.disconnect(); resolve(); }, ${calmMs});
      let timer = calm();
      const observer = new MutationObserver(() => { clearTimeout(timer); timer = calm(); });
      const options = { subtree: true, childList: true, characterData: true };
      observer.observe(document.querySelector('.part.sidebar'), options);
      setTimeout(() => { clearTimeout(timer); observer.disconnect(); resolve(); }, ${briefly.timeout});
    })`);
  }

  /**
   * Chooses an item of the menu that a right click on the row opens. With `shows`, until that is there: a menu whose row
   * was drawn anew meanwhile names nothing, and its command asks what is meant.
   */
  async chooseFromContextMenu(label: string | RegExp, item: string, shows?: Locator): Promise<void> {
    await repeat(async () => {
      await this.#chooseOnce(label, item);
      if (shows === undefined) return;
      try {
        await shows.waitFor(soon);
      } catch (error) {
        await this.page.keyboard.press('Escape');
        throw error;
      }
    });
  }

  async #chooseOnce(label: string | RegExp, item: string): Promise<void> {
    const entry = this.page.getByRole('menuitem', { name: item, exact: true });
    let wasClicked = false;
    await repeat(async () => {
      // A menu that closed by itself, because something else took the focus, is opened again.
      if (!wasClicked && !(await entry.isVisible())) await this.#openContextMenu(label, entry);
      // The menu ignores a click that comes before it has seen the mouse move over it.
      if (await entry.isVisible()) {
        await entry.hover(briefly);
        await entry.click(briefly);
        wasClicked = true;
      }
      // A busy window may take its time: a second click would run the command twice.
      await entry.waitFor({ state: 'detached', timeout: 10_000 });
    });
  }

  /** Rows move while takes arrive: a click that met another row has opened the menu of that one. */
  async #openContextMenu(label: string | RegExp, entry: Locator): Promise<void> {
    const row = this.treeRow(label);
    await this.drawn();
    await row.click({ button: 'right', ...briefly });
    try {
      await row.and(this.page.locator('.focused')).waitFor(briefly);
      await entry.waitFor(briefly);
    } catch (error) {
      await this.page.keyboard.press('Escape');
      throw error;
    }
  }
}
