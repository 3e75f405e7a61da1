import { excerpt } from '../domain/excerpt.ts';
import { AuteurError } from '../errors.ts';
import { differenceOf } from './textDifference.ts';

const longest = 80;

/** What to say of a text that is not what was read any more: the first line that is another. */
export function textChanged(path: string, before: string, now: string): AuteurError {
  const { offset } = differenceOf(before, now);
  return new AuteurError('text-changed', {
    path,
    line: before.slice(0, offset).split('\n').length,
    before: lineAt(before, offset),
    after: lineAt(now, offset),
  });
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return excerpt(text.slice(start, end === -1 ? undefined : end).trim(), longest);
}
