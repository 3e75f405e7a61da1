import type * as z from 'zod';
import { checkJsonText, editJsonText, type JsonEdit, type JsonFile } from '../jsonFile.ts';
import { requireWritable } from '../projectFiles.ts';

type Versioned = { readonly schemaVersion: number };

/** One JSON file of a film as it is on disk, and as an edit will leave it. */
export class DraftFile<T extends Versioned> {
  /** Relative to the project. */
  readonly path: string;
  readonly file: JsonFile<T> | undefined;
  readonly #schema: z.ZodType<T>;
  #text: string | undefined;
  #value: T | undefined;

  constructor(path: string, schema: z.ZodType<T>, file: JsonFile<T> | undefined) {
    this.path = path;
    this.file = file;
    this.#schema = schema;
    this.#text = file?.text;
    this.#value = file?.value;
  }

  /** Undefined where there is no such file, or the edit removes it. */
  get text(): string | undefined {
    return this.#text;
  }

  /** @throws AuteurError `value-invalid` where an edit has made of it what could not be read again */
  get value(): T | undefined {
    this.check();
    return this.#value;
  }

  /** @throws AuteurError `value-invalid`, as `value` */
  check(): void {
    if (this.#text !== undefined) this.#value ??= checkJsonText(this.#text, this.#schema);
  }

  edit(edits: readonly JsonEdit[]): void {
    if (this.#text !== undefined) this.replace(editJsonText(this.#text, edits));
  }

  /** @throws AuteurError `schema-newer` */
  replace(text: string | undefined): void {
    if (this.file !== undefined) requireWritable(this.file);
    this.#text = text;
    this.#value = undefined;
  }
}
