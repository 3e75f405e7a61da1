import { legible } from '../../core/domain/legible.ts';
import type { CheckLevel, DoctorCheck } from '../../core/protocol/views.ts';
import { plainLabel } from '../../providers/plainText.ts';
import type { Translate } from '../../providers/translate.ts';

/** One line of the list. */
export interface SetupRow {
  readonly level: CheckLevel;
  readonly label: string;
  readonly description: string;
  /** What to do, where something is to be done. */
  readonly detail?: string;
  readonly command?: string;
}

const icons: Readonly<Record<CheckLevel, string>> = {
  failed: '$(error)',
  warning: '$(warning)',
  ok: '$(pass)',
  skipped: '$(circle-slash)',
};

/** Without a film the doctor speaks of folders, as the command line does; a window has films. */
export function inWindow(t: Translate, checks: readonly DoctorCheck[]): readonly DoctorCheck[] {
  return checks.map((check) => {
    if (check.name !== 'Project' || check.level !== 'skipped') return check;
    return { ...check, detail: t('No film is open'), hint: t('Make one with "Auteur: New Project".') };
  });
}

/** What is to be mended comes first. */
const order: readonly CheckLevel[] = ['failed', 'warning', 'ok', 'skipped'];

export function setupRows(
  checks: readonly DoctorCheck[],
  nameOf: (root: string) => string,
): readonly SetupRow[] {
  return order.flatMap((level) =>
    checks.filter((check) => check.level === level).map((check) => row(check, nameOf)),
  );
}

function row(check: DoctorCheck, nameOf: (root: string) => string): SetupRow {
  const { level, name, detail, hint, command, root } = check;
  const film = root === undefined ? [] : [nameOf(root)];
  const shown = {
    level,
    label: `${icons[level]} ${asLabel(name)}`,
    description: asLabel([...film, detail].join(' · ')),
  };
  if (hint === undefined) return shown;
  if (command === undefined) return { ...shown, detail: asLabel(hint) };
  return { ...shown, detail: `${asLabel(hint)} $(terminal) ${asLabel(command)}`, command };
}

/** Names of films and folders stand in every part of it. */
function asLabel(text: string): string {
  return plainLabel(legible(text));
}

export function setupTitle(t: Translate, checks: readonly DoctorCheck[]): string {
  const failed = checks.filter(({ level }) => level === 'failed').length;
  const warnings = checks.filter(({ level }) => level === 'warning').length;
  if (failed > 0) return t('Set-Up: {failed} to mend, {warnings} to look at', { failed, warnings });
  return warnings > 0
    ? t('Set-Up: nothing to mend, {warnings} to look at', { warnings })
    : t('Set-Up: everything is in order');
}

/** All of it as text, for a colleague or a bug report. */
export function setupReport(checks: readonly DoctorCheck[]): string {
  const lines = checks.flatMap(({ level, name, root, detail, hint, command }) => [
    `${level}: ${name}${root === undefined ? '' : ` (${root})`}: ${detail}`,
    ...[hint, command].filter((text) => text !== undefined).map((text) => `    ${text}`),
  ]);
  return `${lines.join('\n')}\n`;
}
