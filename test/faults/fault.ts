import { steps, type Step } from '../../src/core/storage/steps.ts';

export { steps, type Step };

/** The environment variable that tells a process which fault it suffers. */
export const faultVariable = 'AUTEUR_TEST_FAULT';

/** Killed when it has passed a step for the nth time. */
export interface KillAtStep {
  readonly kind: 'step';
  readonly step: Step;
  readonly nth: number;
}

/** The nth change of the disk below `root` is the last before the power fails. */
export interface PowerFailure {
  readonly kind: 'power';
  readonly root: string;
  readonly at: number;
  /** Chooses what of the changes that were not forced to disk is lost. */
  readonly seed: number;
  /** A folder beside the project where files are kept that the model may bring back. */
  readonly vault: string;
}

/** The nth change of the disk below `root` fails; where it lasts, all later ones too. */
export interface DiskError {
  readonly kind: 'error';
  readonly root: string;
  readonly at: number;
  readonly code: 'ENOSPC' | 'EIO' | 'EPERM';
  readonly lasts: boolean;
  /** A file that is made once it has failed. */
  readonly report: string;
}

/** Nothing fails; the number of changes of the disk is written to `report` at the end. */
export interface Count {
  readonly kind: 'count';
  readonly root: string;
  readonly report: string;
}

export type Fault = KillAtStep | PowerFailure | DiskError | Count;

export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'step':
      return `killed at ${fault.step}${fault.nth === 1 ? '' : ` (${fault.nth}.)`}`;
    case 'power':
      return `power failure after change ${fault.at} of the disk (seed ${fault.seed})`;
    case 'error':
      return `${fault.code} ${fault.lasts ? 'from' : 'at'} change ${fault.at} of the disk`;
    case 'count':
      return 'nothing fails';
  }
}
