import { AuteurError } from '../core/errors.ts';

type Parse<T> = (value: string) => T;

/** Accepts any spelling of case, so that `--size cu` is a close-up. */
export function choice<T extends string>(name: string, choices: readonly T[]): Parse<T> {
  return (value) => {
    const found = choices.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
    if (found !== undefined) return found;
    throw new AuteurError('value-invalid', { name, value, reason: `choose one of ${choices.join(', ')}.` });
  };
}

interface Range {
  readonly min: number;
  readonly max: number;
}

export function numberIn(name: string, range: Range): Parse<number> {
  return (value) => inRange(value, { name, kind: 'a number', ...range });
}

export function wholeNumberIn(name: string, range: Range): Parse<number> {
  return (value) => {
    const kind = 'a whole number';
    const number = inRange(value, { name, kind, ...range });
    if (!Number.isInteger(number)) throw outOfRange(value, { name, kind, ...range });
    return number;
  };
}

interface Wanted extends Range {
  readonly name: string;
  readonly kind: string;
}

function inRange(value: string, wanted: Wanted): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (number >= wanted.min && number <= wanted.max) return number;
  throw outOfRange(value, wanted);
}

function outOfRange(value: string, { name, kind, min, max }: Wanted): AuteurError {
  return new AuteurError('value-invalid', { name, value, reason: `it is ${kind} from ${min} to ${max}.` });
}

/** For an option that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** Examples at the end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ auteur ${line}`).join('\n')}`;
}
