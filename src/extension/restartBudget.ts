const delaysMs = [0, 500, 2_000, 5_000];
const windowMs = 60_000;

/** How long to wait before a thread that died is started again, and when to stop trying. */
export class RestartBudget {
  #deaths: number[] = [];

  died(now: number): void {
    this.#deaths.push(now);
  }

  /** Milliseconds to wait, or undefined when it died too often within a minute. */
  delay(now: number): number | undefined {
    this.#deaths = this.#deaths.filter((death) => now - death < windowMs);
    return this.#deaths.length === 0 ? 0 : delaysMs[this.#deaths.length - 1];
  }
}
