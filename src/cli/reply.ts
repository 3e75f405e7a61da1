import type { Session } from './session.ts';

/** What a command answers: the object of `--json`, and the lines for people. */
export interface Reply {
  readonly json: object;
  readonly lines: readonly string[];
  /** 0 unless said otherwise. */
  readonly exitCode?: number;
}

/** Runs a command's action and prints its reply. */
export type Run = (action: (session: Session) => Promise<Reply>) => Promise<void>;
