import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import { unexpected } from '../../core/errors.ts';
import type { Disposable } from '../../core/events.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { JobLogPiece } from '../../core/protocol/jobLogPiece.ts';
import { isActive, percent } from '../../core/protocol/jobState.ts';
import { missingLog } from '../../core/protocol/missingLog.ts';
import type { JobView } from '../../core/protocol/views.ts';
import { errorText, failureText } from '../../providers/errorText.ts';
import type { Services } from '../services.ts';

type Needs = Pick<Services, 'studio' | 't' | 'log'>;

const lookMs = 500;
/** A queue may be paused for a night. */
const waitingLookMs = 3_000;

/** The output channel that shows the log of one job, and follows it while it runs. */
export class JobLogs implements Disposable {
  readonly #needs: Needs;
  #channel: vscode.OutputChannel | undefined;
  #following = new AbortController();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Another log that was shown goes: all that a job has printed stays in its file. */
  async show(id: JobId): Promise<void> {
    const first = await this.#needs.studio.jobLog(id);
    this.#following.abort();
    this.#following = new AbortController();
    this.#channel ??= vscode.window.createOutputChannel(this.#needs.t('Auteur Job Log'), 'log');
    this.#channel.clear();
    this.#channel.append(head(this.#needs, first));
    this.#channel.show(true);
    void this.#follow(this.#channel, first, this.#following.signal);
  }

  dispose(): void {
    this.#following.abort();
    this.#channel?.dispose();
  }

  async #follow(channel: vscode.OutputChannel, first: JobLogPiece, signal: AbortSignal): Promise<void> {
    const { studio, t, log } = this.#needs;
    const states = new States(t);
    try {
      for (let piece = first; !signal.aborted;) {
        channel.append(piece.text);
        // Until it prints, how far it is shows that it lives.
        if (piece.file === undefined) channel.append(states.next(piece.job));
        const isAll = piece.next === piece.from;
        if (isAll && !isActive(piece.job)) {
          channel.append(ending(t, piece));
          return;
        }
        if (isAll)
          await sleep(piece.job.status === 'pending' ? waitingLookMs : lookMs, undefined, { signal });
        const { next } = piece;
        piece = await studio.jobLog(first.job.id, next);
        signal.throwIfAborted();
        if (piece.from < next) channel.replace(head(this.#needs, piece));
      }
    } catch (error) {
      if (signal.aborted) return;
      log.warn(`The log of job ${first.job.id} is not followed: ${String(error)}`);
      const reason = errorText(t, unexpected(error));
      channel.append(`\n${t('It is not followed any more: {reason} Show it again.', { reason })}\n`);
    }
  }
}

/** A line each time a job that prints nothing comes further. */
class States {
  readonly #t: Needs['t'];
  #said = '';

  constructor(t: Needs['t']) {
    this.#t = t;
  }

  next(job: JobView): string {
    const state = stateOf(this.#t, job);
    if (state === this.#said) return '';
    this.#said = state;
    return `${legible(state)}\n`;
  }
}

function stateOf(t: Needs['t'], job: JobView): string {
  if (job.status === 'running') return `${String(percent(job))}% ${job.step}`;
  if (job.status === 'pending') return job.waiting ?? t('Waiting');
  return '';
}

function head({ t }: Needs, { job, file, from }: JobLogPiece): string {
  const { address, projectName, pipeline, seed } = job;
  const lines = [
    t('{address} of "{film}": pipeline {pipeline}, seed {seed}', {
      ...{ address, film: legible(projectName), pipeline: legible(pipeline.id), seed },
    }),
    ...(file === undefined ? [] : [t('It is kept in {file}', { file })]),
    ...(from === 0 ? [] : [t('The beginning is left out here: the log is long.')]),
  ];
  return `${lines.join('\n')}\n\n`;
}

/** How it ended, and where there is no log, why. */
function ending(t: Needs['t'], { job, file }: JobLogPiece): string {
  const missing = missingLog(job);
  const absence = file === undefined ? [failureText(t, missing.code, missing.data)] : [];
  return `${file === undefined ? '' : '\n'}${[outcome(t, job), ...absence].join('\n')}\n`;
}

function outcome(t: Needs['t'], { status, take, error }: JobView): string {
  if (take !== undefined) return t('Done: take {number}, {path}', { number: take.number, path: take.path });
  if (status === 'cancelled') return t('Cancelled');
  return legible(`${t('Failed')}: ${error?.message ?? ''} ${error?.hint ?? ''}`.trim());
}
