import { columns, oneLine, padEnd } from './text.ts';

/** Rows in columns of equal width, two spaces apart, free of control codes; nothing trails a line. */
export function table(cells: readonly (readonly string[])[]): readonly string[] {
  const rows = cells.map((row) => row.map(oneLine));
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, columns(cell))));
  }
  return rows.map((row) =>
    row
      .map((cell, index) => padEnd(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
