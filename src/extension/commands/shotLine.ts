import type { ShotSize } from '../../core/model/shotList.ts';
import { sizeName } from '../../providers/trees/filmWords.ts';
import type { Translate } from '../../providers/translate.ts';
import type { Checked } from './checked.ts';

export const maxTitle = 200;
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

export function checkText(t: Translate, value: string, max: number): Checked {
  if (value.trim() === '') return { problem: t('Write at least one word.') };
  return value.length > max ? { problem: t('At most {max} characters.', { max }) } : {};
}

export function checkShot(t: Translate, line: string): Checked {
  const { problem } = checkText(t, line, maxDescription);
  if (problem !== undefined) return { problem };
  const { size, description } = parseShotLine(line);
  return size === undefined ? {} : { hint: `${sizeName(t, size)}: ${description}` };
}
