import { hostname } from 'node:os';
import { AuteurError, toFailure } from '../../core/errors.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { Failure } from '../../core/model/job.ts';
import type { Capacity, Card, Claim, JobQueue, Orphan } from '../../core/ports/jobQueue.ts';
import { engineOf } from './askingQueue.ts';
import { CardKeepingQueue } from './cardKeepingQueue.ts';
import { readCards, sameCards, writeCards } from './cards.ts';
import { holdEngine, releaseEngine } from './holds.ts';
import type { JobRow } from './jobRow.ts';
import { isAbandoned, isHolderDead, type Roots } from './jobTable.ts';
import { endingMs, keptMs } from './lanes.ts';
import { nextJob, type NextJob } from './nextJob.ts';
import { now } from './queueBase.ts';
import { sayWaitsAlone } from './waitingAlone.ts';
import { waitingForCard } from './waiting.ts';
import { attemptsAllowed } from './recordingQueue.ts';

const leaseMs = 6_000;
const deathsAllowed = 2;
const sayEveryMs = 1_000;
const waitsAgain = "status = 'pending', token = token + 1, progress = 0, step = ''";
/** Milliseconds since the attempt began, by a clock that nobody sets; those of a first attempt say how long one takes. */
const measured = 'run_ms = CASE WHEN attempt = 1 THEN ? END';

/** The machine's queue, in SQLite: windows, command lines and workers share it. This is the runners' side of it. */
export class LocalQueue extends CardKeepingQueue implements JobQueue {
  readonly #began = new WeakMap<Claim, number>();
  #saidAlone: { readonly id: JobId; readonly at: number } | undefined;

  claim(roots: Roots, capacity: Capacity = { cpu: 1, cards: [] }): Claim | undefined {
    // Looked at first without the lock: most looks find nothing.
    for (;;) {
      const { next, waitsAlone } = this.#look(roots, capacity);
      if (waitsAlone !== undefined) this.#sayWaitsAlone(waitsAlone);
      if (next === undefined) return undefined;
      const claim = this.write((rev) => {
        const { next: found } = this.#look(roots, capacity);
        return found === undefined ? undefined : this.#claim(found, rev);
      });
      if (claim !== undefined) return claim;
    }
  }

  #look(roots: Roots, capacity: Capacity): ReturnType<typeof nextJob> {
    const nothing = { next: undefined, waitsAlone: undefined };
    return this.isPaused() ? nothing : nextJob(this.database, roots, capacity);
  }

  #sayWaitsAlone(id: JobId): void {
    const time = performance.now();
    if (this.#saidAlone?.id === id && time - this.#saidAlone.at < sayEveryMs) return;
    this.#saidAlone = { id, at: time };
    this.write(() => {
      sayWaitsAlone(this.database, id);
    });
  }

  /** Undefined where the job cannot be read. */
  #claim({ id, card }: NextJob, rev: number): Claim | undefined {
    const row = this.table.find(id);
    if (row === undefined) return undefined;
    const { value: job, problem = '' } = this.table.request(row);
    if (job === undefined) {
      this.#setAside(row, new AuteurError('job-unreadable', { reason: problem }), rev);
      return undefined;
    }
    this.run(
      `UPDATE jobs SET status = 'running', attempt = attempt + 1, token = token + 1, progress = 0, step = '',
           started = ?, holder_pid = ?, holder_host = ?, lease_until = ?, take_number = NULL, delivered = 0,
           error = NULL, device = ?, rev = ? WHERE seq = ?`,
      ...[now(), process.pid, hostname(), Date.now() + leaseMs, card ?? null, rev, row.seq],
    );
    const device = card === undefined ? {} : { device: card };
    const claim = { job, attempt: row.attempt + 1, token: row.token + 1, alone: row.alone === 1, ...device };
    this.#began.set(claim, performance.now());
    return claim;
  }

  wantsCards(): boolean {
    return this.get(`SELECT 1 FROM ${waitingForCard} LIMIT 1`) !== undefined;
  }

  setCards(cards: readonly Card[]): void {
    // A process that finds none leaves what others have found.
    if (cards.length === 0 || sameCards(readCards(this.database), cards)) return;
    this.write(() => {
      writeCards(this.database, cards);
    });
  }

  reserveTakeNumber(claim: Claim, free: number): number {
    const { projectRoot, shotId } = claim.job;
    return this.write((rev) => {
      const number = Math.max(free, this.table.highestTakeNumber(projectRoot, shotId) + 1);
      this.#update(claim, 'take_number = ?, rev = ?', number, rev);
      return number;
    });
  }

  renew(claims: readonly Claim[]): readonly Claim[] {
    return claims.filter((claim) => !this.#update(claim, 'lease_until = ?', Date.now() + leaseMs));
  }

  progress(claim: Claim, progress: number, step: string): void {
    this.write((rev) => {
      if (progress > 0) this.#engineAnswers(claim);
      this.#update(claim, 'progress = ?, step = ?, rev = ?', progress, step, rev);
    });
  }

  delivered(claim: Claim): boolean {
    const delivered = `delivered = 1, lease_until = NULL, device = NULL, ${measured}`;
    const began = this.#began.get(claim);
    const ms = began === undefined ? null : Math.round(performance.now() - began);
    return this.write((rev) => {
      this.#engineAnswers(claim);
      return this.#update(claim, `${delivered}, rev = ?`, ms, rev);
    });
  }

  release(claim: Claim): boolean {
    return this.write((rev) => this.#handBack(claim, rev));
  }

  putBack(claim: Claim, reason: Failure): boolean {
    return this.write((rev) => {
      const isOurs = this.#handBack(claim, rev);
      const engine = engineOf(claim.job);
      if (isOurs && engine !== undefined) holdEngine(this.database, engine, reason);
      return isOurs;
    });
  }

  retryAlone(claim: Claim): boolean {
    return this.write((rev) => {
      this.#engineAnswers(claim);
      return this.#update(claim, `${waitsAgain}, alone = 1, device = NULL, lease_until = NULL, rev = ?`, rev);
    });
  }

  freeCard({ job, token, device }: Claim): void {
    if (device === undefined) return;
    // Cancelling has taken the token on.
    const ended = "id = ? AND token = ? AND status = 'cancelled'";
    this.run(`UPDATE jobs SET device = NULL, lease_until = NULL WHERE ${ended}`, job.id, token + 1);
  }

  fail(claim: Claim, error: Failure, left = false): boolean {
    const failed = "status = 'error', error = ?, finished = ?";
    const card = left
      ? 'lease_until = CASE WHEN device IS NULL THEN NULL ELSE ? END'
      : 'device = NULL, lease_until = ?';
    const lease = left ? Date.now() + endingMs : null;
    return this.write((rev) => {
      if (!left) this.#engineAnswers(claim);
      return this.#update(claim, `${failed}, ${card}, rev = ?`, JSON.stringify(error), now(), lease, rev);
    });
  }

  orphans(roots: Roots): readonly Orphan[] {
    return this.table
      .select("status = 'running' AND delivered = 0", roots)
      .filter((row) => isAbandoned(row))
      .map(({ id, project_root: root }) => ({ id, root }));
  }

  adopt({ id }: Orphan): void {
    this.#ifAbandoned(id, (row, rev) => {
      const adopted = 'delivered = 1, token = token + 1, lease_until = NULL, device = NULL';
      this.run(`UPDATE jobs SET ${adopted}, rev = ? WHERE seq = ?`, rev, row.seq);
    });
  }

  requeue({ id }: Orphan): boolean {
    return this.#ifAbandoned(id, (row, rev) => {
      // A process that slept through its lease has not been killed by the job.
      const deaths = row.deaths + (isHolderDead(row) ? 1 : 0);
      const times = Math.max(deaths, deathsAllowed);
      if (deaths >= deathsAllowed || row.attempt - row.excused >= attemptsAllowed) {
        this.#setAside({ ...row, deaths }, new AuteurError('job-killed-runner', { times }), rev);
        return;
      }
      const kept = row.device === null ? null : Date.now() + keptMs;
      this.run(
        `UPDATE jobs SET ${waitsAgain}, lease_until = ?, deaths = ?, rev = ? WHERE seq = ?`,
        ...[kept, deaths, rev, row.seq],
      );
    });
  }

  /** Its card is kept a while for what may still run there. */
  #handBack(claim: Claim, rev: number): boolean {
    const kept = 'excused = excused + 1, lease_until = CASE WHEN device IS NULL THEN NULL ELSE ? END';
    return this.#update(claim, `${waitsAgain}, ${kept}, rev = ?`, Date.now() + keptMs, rev);
  }

  #engineAnswers({ job }: Claim): void {
    const engine = engineOf(job);
    if (engine !== undefined) releaseEngine(this.database, engine);
  }

  #update(
    { job, token }: Claim,
    assignments: string,
    ...values: readonly (string | number | null)[]
  ): boolean {
    const ours = "WHERE id = ? AND token = ? AND status = 'running' AND delivered = 0";
    return this.run(`UPDATE jobs SET ${assignments} ${ours}`, ...values, job.id, token) === 1;
  }

  #setAside({ seq, deaths, device }: JobRow, reason: AuteurError, rev: number): void {
    const aside =
      "status = 'error', quarantined = 1, token = token + 1, lease_until = ?, deaths = ?, error = ?, finished = ?";
    this.run(
      `UPDATE jobs SET ${aside}, rev = ? WHERE seq = ?`,
      ...[device === null ? null : Date.now() + endingMs, deaths, JSON.stringify(toFailure(reason)), now()],
      ...[rev, seq],
    );
  }

  #ifAbandoned(id: JobId, work: (row: JobRow, rev: number) => void): boolean {
    return this.write((rev) => {
      const row = this.table.find(id);
      if (row?.status !== 'running' || row.delivered !== 0 || !isAbandoned(row)) return false;
      work(row, rev);
      return true;
    });
  }
}
