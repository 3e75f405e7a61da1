import * as vscode from 'vscode';
import type { Place } from './placesIn.ts';

export interface Question {
  readonly title: string;
  readonly placeHolder: string;
  /** Asks even where there is but one: what was meant by a key may be something else. */
  readonly asksForOne?: boolean;
}

/** How long reading may take before the list opens and says that it is busy. */
const patienceMs = 200;

/**
 * Asks for one of several, in a list that fills while they are read; one alone needs no question.
 * @throws CancellationError when the list is closed; then reading ends, too
 */
export async function pickPlace<P extends Place>(
  { title, placeHolder, asksForOne = false }: Question,
  pieces: AsyncIterable<readonly P[]>,
): Promise<P | undefined> {
  const pick = vscode.window.createQuickPick<P>();
  Object.assign(pick, { title, matchOnDescription: true, ignoreFocusOut: true, keepScrollPosition: true });
  pick.placeholder = placeHolder;
  const asking = { isOver: false };
  const patience = setTimeout(() => {
    pick.show();
  }, patienceMs);
  try {
    return await new Promise<P | undefined>((resolve, reject) => {
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems;
        if (chosen !== undefined) resolve(chosen);
      });
      pick.onDidHide(() => {
        reject(new vscode.CancellationError());
      });
      fill(pick, pieces, asking).then(() => {
        if (pick.items.length === 0 || (pick.items.length === 1 && !asksForOne)) resolve(pick.items[0]);
        else pick.show();
      }, reject);
    });
  } finally {
    asking.isOver = true;
    clearTimeout(patience);
    pick.dispose();
  }
}

async function fill<P extends Place>(
  pick: vscode.QuickPick<P>,
  pieces: AsyncIterable<readonly P[]>,
  asking: { readonly isOver: boolean },
): Promise<void> {
  pick.busy = true;
  for await (const piece of pieces) {
    if (asking.isOver) return;
    if (piece.length === 0) continue;
    // A list that is given anew would go back to its first line.
    const active = pick.activeItems;
    pick.items = [...pick.items, ...piece];
    if (active.length > 0) pick.activeItems = active;
    if (pick.items.length > 1) pick.show();
  }
  pick.busy = false;
}
