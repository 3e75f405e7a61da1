import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ComfyuiDefinition } from '../../core/model/comfyuiDefinition.ts';
import type { ContainerDefinition, PipelineDefinition } from '../../core/model/pipelineDefinition.ts';
import { formatJson } from '../../core/storage/jsonFile.ts';

/**
 * What workspace files may run on this machine, by the user's word: one small file each in the state folder, named for
 * what runs, so that another image under the same name is asked about again.
 */
export class AllowedPipelines {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'allowed');
  }

  has(definition: PipelineDefinition): boolean {
    return existsSync(this.#fileOf(definition));
  }

  async allow(definition: PipelineDefinition): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(this.#fileOf(definition), formatJson(whatMatters(definition)), { mode: 0o600 });
  }

  #fileOf(definition: PipelineDefinition): string {
    const digest = createHash('sha256')
      .update(JSON.stringify(whatMatters(definition)))
      .digest('hex');
    return join(this.#folder, `${digest}.json`);
  }
}

/** What decides what is run; how much it may use, and which words it is given, is of no matter. */
function whatMatters(definition: PipelineDefinition): object {
  switch (definition.kind) {
    case 'container':
      return whatMattersOfImage(definition);
    case 'comfyui':
      return { kind: definition.kind, server: definition.server, nodes: nodeTypes(definition) };
  }
}

/** Each node type is a program of the server's. */
export function nodeTypes({ workflow }: ComfyuiDefinition): readonly string[] {
  return [...new Set(Object.values(workflow).map(({ class_type }) => class_type))].sort();
}

/** What it is built from runs, too, and with a network. */
function whatMattersOfImage({ kind, image, command = [], build }: ContainerDefinition): object {
  return { kind, image, command, ...(build === undefined ? {} : { build: build.digest }) };
}
