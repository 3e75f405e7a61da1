import type { Locator, Page } from 'playwright-core';

/** What a drop brings along: addresses, or files of which only name and content are known. */
export interface Dropped {
  readonly uris?: readonly string[];
  readonly files?: readonly { readonly name: string; readonly bytes: readonly number[] }[];
}

/** Drops something of another window or of the desktop onto a row of a tree. */
export async function dropOnto(page: Page, row: Locator, what: Dropped): Promise<void> {
  const data = await page.evaluateHandle(({ uris = [], files = [] }) => {
    const transfer = new DataTransfer();
    if (uris.length > 0) transfer.setData('text/uri-list', uris.join('\r\n'));
    for (const { name, bytes } of files) transfer.items.add(new File([new Uint8Array(bytes)], name));
    return transfer;
  }, what);
  for (const event of ['dragenter', 'dragover', 'drop'])
    await row.dispatchEvent(event, { dataTransfer: data });
}
