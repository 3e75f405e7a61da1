import { CommanderError } from 'commander';
import { AuteurError, toFailure, type ErrorCode } from '../core/errors.ts';
import type { Failure } from '../core/model/job.ts';

/** What the shell is told. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;

/** Arguments that make no sense together; what commander finds itself is a `CommanderError`. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** The user asked to stop before there was anything to report. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

const usageCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'address-invalid',
  'address-kind',
  'asset-ambiguous',
  'asset-exists',
  'asset-none',
  'asset-nowhere',
  'asset-unknown',
  'field-unknown',
  'move-impossible',
  'nodes-mixed',
  'name-differs',
  'pipeline-unknown',
  'project-name-invalid',
  'structure-unknown',
  'value-invalid',
]);

export interface Ending {
  readonly failure: Failure;
  readonly exitCode: number;
}

/** How a command that threw ends. */
export function endingOf(error: unknown): Ending {
  if (error instanceof CommanderError) return usage(fromCommander(error));
  if (error instanceof UsageError) return usage({ code: 'usage', message: error.message, hint: error.hint });
  if (error instanceof InterruptedError) {
    const { message, exitCode } = error;
    return { failure: { code: 'interrupted', message, hint: 'Run it again to go on.' }, exitCode };
  }
  const failure = toFailure(error);
  const wrongUsage = AuteurError.is(error) && usageCodes.has(failure.code);
  return { failure, exitCode: wrongUsage ? exitCodes.usage : exitCodes.failed };
}

function usage(failure: Failure): Ending {
  return { failure, exitCode: exitCodes.usage };
}

function fromCommander(error: CommanderError): Failure {
  if (error.code === 'commander.help') {
    return { code: 'usage', message: 'No command was given.', hint: 'See "auteur --help".' };
  }
  const [first = '', ...rest] = error.message.split('\n');
  const suggestion = /\(Did you mean (.+)\?\)/.exec(rest.join(' '))?.[1];
  const hint = suggestion === undefined ? hintFor(error) : `Did you mean ${suggestion}?`;
  return { code: 'usage', message: sentence(first.replace(/^error: /, '')), hint };
}

function hintFor({ code }: CommanderError): string {
  const help = 'See "auteur --help".';
  return code === 'commander.unknownOption'
    ? `${help} A name or title that begins with a dash goes after two dashes: auteur new -- "-name".`
    : help;
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
