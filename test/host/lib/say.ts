import { linePrefix } from '../results.ts';

/** Prints a line of the suite's own to the terminal of whoever runs the tests. */
export function say(line: string): void {
  console.log(`${linePrefix}${line}`);
}
