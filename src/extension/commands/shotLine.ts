import type { ShotSize } from '../../core/model/shotList.ts';
import { Title } from '../../core/model/title.ts';
import { sizeName } from '../../providers/trees/filmWords.ts';
import type { Translate } from '../../providers/translate.ts';
import type { Checked } from './checked.ts';

const maxDescription = 10_000;

export interface ShotLine {
  readonly description: string;
  readonly size?: ShotSize;
}

/** Widest first. */
export const sizes: readonly ShotSize[] = ['EWS', 'WS', 'MWS', 'MS', 'MCU', 'CU', 'ECU'];

/** `CU: her hands` is a close-up of her hands; sizes are written in capitals, as on a shot list. */
export function parseShotLine(line: string): ShotLine {
  const [, word = '', rest = ''] = /^\s*([A-Z]{2,3})[\s:.,–-]+(\S.*)$/s.exec(line) ?? [];
  const size = sizes.find((known) => known === word);
  return size === undefined ? { description: line.trim() } : { description: rest.trim(), size };
}

export function checkTitle(t: Translate, value: string): Checked {
  if (value.trim() === '') return { problem: t('Write at least one word.') };
  if (Title.safeParse(value.trim()).success) return {};
  return { problem: t('A title has 1 to 200 characters on one line, and at least one of them can be seen.') };
}

function checkDescription(t: Translate, value: string): Checked {
  if (value.trim() === '') return { problem: t('Write at least one word.') };
  return value.length > maxDescription
    ? { problem: t('At most {max} characters.', { max: maxDescription }) }
    : {};
}

export function checkShot(t: Translate, line: string): Checked {
  const { problem } = checkDescription(t, line);
  if (problem !== undefined) return { problem };
  const { size, description } = parseShotLine(line);
  return size === undefined ? {} : { hint: `${sizeName(t, size)}: ${description}` };
}
