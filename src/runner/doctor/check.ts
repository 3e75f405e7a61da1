import { toFailure } from '../../core/errors.ts';
import type { CheckLevel, DoctorCheck } from '../../core/protocol/views.ts';
import { GitFailure } from '../../core/storage/git.ts';
import { mendingCommand } from './commands.ts';

/** What a look at one thing has found. */
export interface Finding {
  readonly level: CheckLevel;
  readonly detail: string;
  readonly hint?: string;
  readonly command?: string;
}

export function fine(detail: string): Finding {
  return { level: 'ok', detail };
}

export function skipped(detail: string, hint?: string): Finding {
  return { level: 'skipped', detail, ...(hint === undefined ? {} : { hint }) };
}

export function warning(detail: string, hint: string, command?: string): Finding {
  return { level: 'warning', detail, hint, ...(command === undefined ? {} : { command }) };
}

export function failed(detail: string, hint: string, command?: string): Finding {
  return { ...warning(detail, hint, command), level: 'failed' };
}

/** Whatever a look throws is a finding too: no check keeps another from being made. */
export async function check(
  name: string,
  look: () => Finding | Promise<Finding>,
  root?: string,
): Promise<DoctorCheck> {
  const finding = await lookSafely(look);
  return { name, ok: finding.level !== 'failed', ...finding, ...(root === undefined ? {} : { root }) };
}

async function lookSafely(look: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof GitFailure) {
      const [reason = ''] = error.output.split('\n');
      return failed(`Git says: ${reason}`, 'Mend what Git names, then check again.');
    }
    const { code, message, hint } = toFailure(error);
    return failed(message, hint ?? 'Look at the log.', mendingCommand(code));
  }
}
