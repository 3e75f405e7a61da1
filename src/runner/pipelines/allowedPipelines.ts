import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { inKeyOrder } from '../../core/domain/inKeyOrder.ts';
import { AuteurError } from '../../core/errors.ts';
import type { ComfyuiDefinition } from '../../core/model/comfyuiDefinition.ts';
import { PipelineDefinition } from '../../core/model/pipelineDefinition.ts';
import { writeFileAtomic } from '../../core/storage/atomicFile.ts';
import { formatJson, readOwnJsonFile } from '../../core/storage/jsonFile.ts';
import { isThere, readFolder } from '../../core/storage/locate.ts';

/** What the user has allowed: a definition to the letter, and the images that its name has stood for. */
const Word = z.object({
  pipeline: z.string(),
  definition: PipelineDefinition,
  /** By their ids, which are digests; none until one was there. */
  images: z.array(z.string()),
});
export type Word = z.infer<typeof Word>;

interface Named {
  readonly id: string;
  readonly definition: PipelineDefinition;
}

/**
 * What may run on this machine by the user's word: one small file each in the state folder, named for the whole of the
 * definition, so that whatever changes in it is asked about again.
 */
export class AllowedPipelines {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'allowed');
  }

  async word(definition: PipelineDefinition): Promise<Word | undefined> {
    return readWord(this.#fileOf(definition));
  }

  /** @param image what its image is now, by its id; absent where it has none here */
  async allow({ id, definition }: Named, image?: string): Promise<void> {
    const known = (await this.word(definition))?.images ?? [];
    const images = image === undefined ? known : [...new Set([...known, image])];
    await this.#write({ pipeline: id, definition, images });
  }

  /** Of what was allowed before its image was there, the first that comes is meant. */
  async bind(word: Word, image: string): Promise<void> {
    await this.#write({ ...word, images: [image] });
  }

  /** The fields that are not as they were allowed under that name, where anything was. */
  async changes({ id, definition }: Named): Promise<readonly string[] | undefined> {
    const names = (await readFolder(this.#folder)).filter((name) => name.endsWith('.json'));
    const words = await Promise.all(names.map((name) => readWord(join(this.#folder, name))));
    return words
      .filter((word) => word?.pipeline === id)
      .flatMap((word) => (word === undefined ? [] : [changedFields(word.definition, definition)]))
      .sort((some, others) => some.length - others.length)[0];
  }

  async #write(word: Word): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(this.#fileOf(word.definition), formatJson(word));
  }

  #fileOf(definition: PipelineDefinition): string {
    return join(this.#folder, `${digestOf(definition)}.json`);
  }
}

/** The same for what says the same, in whatever order. */
export function digestOf(definition: PipelineDefinition): string {
  return createHash('sha256')
    .update(JSON.stringify(inKeyOrder(definition)))
    .digest('hex');
}

/** What cannot be read allows nothing: the user is asked again. */
async function readWord(file: string): Promise<Word | undefined> {
  if (!(await isThere(file))) return undefined;
  try {
    return (await readOwnJsonFile(file, Word)).value;
  } catch (error) {
    if (AuteurError.is(error)) return undefined;
    throw error;
  }
}

/** The fields of a definition that are not as they were, by their names. */
function changedFields(before: PipelineDefinition, now: PipelineDefinition): readonly string[] {
  const [some, others] = [new Map(Object.entries(before)), new Map(Object.entries(now))];
  const names = [...new Set([...some.keys(), ...others.keys()])];
  return names.filter((name) => !isDeepStrictEqual(some.get(name), others.get(name))).sort();
}

/** How much it may use and which words it is given is not what it runs. */
const ofUse = new Set(['name', 'description', 'vramGb', 'memoryGb', 'timeLimitMinutes', 'parameters']);

/** Whether two definitions make this machine run the same. */
export function runsTheSame(one: PipelineDefinition, other: PipelineDefinition): boolean {
  return changedFields(one, other).every((name) => ofUse.has(name));
}

/** Each node type is a program of the server's. */
export function nodeTypes({ workflow }: ComfyuiDefinition): readonly string[] {
  return [...new Set(Object.values(workflow).map(({ class_type }) => class_type))].sort();
}
