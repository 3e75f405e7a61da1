/** What a spreadsheet would read as a formula, in ASCII and in the wide forms that some of them take for the same. */
const formula = /^[=+\-@\t\r＝＋－＠]/u;
const number = /^-?\d+(\.\d+)?$/;

/** Rows as RFC 4180 has them, with the mark by which spreadsheets know UTF-8. */
export function csv(rows: readonly (readonly (string | number | undefined)[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'number' ? String(value) : guarded(value);
  return /[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The apostrophe tells a spreadsheet that what follows is text. */
function guarded(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}
