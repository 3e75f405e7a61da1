import type { TextReplacement } from '../protocol/channel.ts';

/** The texts that a window has open, which come before what is on disk. */
export interface OpenDocuments {
  /** What stands in the document of a file and is not saved; undefined where none is open or it is saved. */
  unsaved(path: string): string | undefined;
  /**
   * Makes a change in the document that is open of a file: one without unsaved changes is saved after it, one with
   * such stays unsaved.
   * @returns false where none is open, or one that does not show yet what is on disk; then the file is to be written
   * @throws AuteurError `text-changed` where the document no longer holds what is to be replaced
   */
  replace(replacement: TextReplacement): Promise<boolean>;
}
