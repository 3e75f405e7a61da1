export interface FailureEntry {
  /** What happened, and why; one sentence. `{name}` stands for a value of the error's data. */
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
}

export function entries<K extends string>(all: Record<K, FailureEntry>): Readonly<Record<K, FailureEntry>> {
  return all;
}
