import { format, resolveConfig } from 'prettier';
import { barText, figureText, isMet, type Finding, type Report } from './finding.ts';

type Machine = readonly (readonly [what: string, is: string])[];

const head = `# Benchmarks

Written by \`npm run bench\`, which measures and rewrites this page. Each figure is a median, with the least and the
greatest in brackets. Where two things are compared they are measured in turn in the same run, so the ratio says more
than the time: times belong to the machine below.
`;

/** The page `docs/benchmarks.md`. */
export async function pageOf(path: string, reports: readonly Report[], machine: Machine): Promise<string> {
  const facts = [['date', new Date().toISOString().slice(0, 10)] as const, ...machine];
  const text = [
    head,
    table(['what', 'bar', 'figure', ''], reports.flatMap(({ findings }) => findings).map(row)),
    '## Machine',
    table(['', ''], facts),
    '## How it was measured',
    ...reports.map(section),
  ].join('\n\n');
  return format(text, { ...(await resolveConfig(path)), parser: 'markdown' });
}

function section({ title, how, findings }: Report): string {
  const beside = findings.flatMap((finding) =>
    finding.beside === undefined ? [] : [`- ${finding.what}: ${finding.beside}.`],
  );
  return [`### ${title}`, how, beside.join('\n')].filter((part) => part !== '').join('\n\n');
}

function row(finding: Finding): readonly string[] {
  return [finding.what, barText(finding), figureText(finding), isMet(finding) ? 'met' : '**not met**'];
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The same for a terminal. */
export function terminalTable(reports: readonly Report[]): string {
  const rows = reports.flatMap(({ findings }) => findings).map(row);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const plain = (cell: string): string => cell.replaceAll(/[`*]/g, '');
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => plain(cell).padEnd((widths[column] ?? 0) + 2))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}
