/** Printed as the last act of a run in which everything passed. */
export const sentinel = '@@AUTEUR-HOST-TESTS-PASSED@@';

/** Marks the suite's own lines among everything the extension host prints. */
export const linePrefix = '@@auteur ';

/** What the suite writes to the file named by `AUTEUR_TEST_RESULTS`. */
export interface HostResults {
  passed: number;
  failed: number;
  skipped: number;
  vscode: string;
  node: string;
  failures: { title: string; error: string }[];
}
