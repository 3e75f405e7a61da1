/** The numbers that name a chapter, scene or shot; the same in CLI, API and UI. */
export interface Address {
  readonly chapter: number;
  readonly scene?: number;
  readonly shot?: number;
}

/** `7` → `07`, `100` → `100`. */
export function slateCode(number: number): string {
  return String(number).padStart(2, '0');
}

/** `{chapter: 1, scene: 2, shot: 3}` → `01/02/03`. */
export function formatAddress(address: Address): string {
  return [address.chapter, address.scene, address.shot]
    .filter((part): part is number => part !== undefined)
    .map(slateCode)
    .join('/');
}

/** Reads `1`, `01/02` or `01/02/03`; undefined where the text is no address. */
export function parseAddress(text: string): Address | undefined {
  if (!/^\d{1,5}(\/\d{1,5}){0,2}$/.test(text.trim())) return undefined;
  const [chapter, scene, shot] = text.trim().split('/').map(Number);
  if (chapter === undefined || chapter < 1 || scene === 0 || shot === 0) return undefined;
  return {
    chapter,
    ...(scene === undefined ? {} : { scene }),
    ...(shot === undefined ? {} : { shot }),
  };
}
