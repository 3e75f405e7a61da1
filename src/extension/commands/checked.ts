/** What is wrong with something typed, or what will come of it; empty where there is nothing to say. */
export interface Checked {
  readonly problem?: string;
  readonly hint?: string;
}
