import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuteurError } from '../../src/core/errors.ts';
import type { RunnerWishes } from '../../src/core/model/runnerSettings.ts';
import { AllowedPipelines } from '../../src/runner/pipelines/allowedPipelines.ts';
import { engineFor } from '../../src/runner/pipelines/engineOf.ts';
import { PipelineCatalogue } from '../../src/runner/pipelines/pipelineCatalogue.ts';
import { ImageWord } from '../../src/runner/pipelines/userWord.ts';
import { RunnerConfig } from '../../src/runner/runnerConfig.ts';
import { fakePipeline } from '../fakes/fakePipeline.ts';
import { repositoryRoot } from './paths.ts';
import { tempFolder } from './tempFolder.ts';

/** What the pipeline of the workspace runs. */
export const image = 'studio/flux:1';

interface Machine {
  readonly wishes?: RunnerWishes;
  /** Whether its engine does. */
  readonly runs?: boolean;
  /** What comes with Auteur, where that is another. */
  readonly shipped?: string;
}

/** A machine on which containers run, or not, and a workspace that defines a pipeline. */
export function machine({
  wishes = {},
  runs = true,
  shipped = join(repositoryRoot, 'pipelines'),
}: Machine = {}) {
  // What image names stand for here, unless it is a digest of their own; '' where it is not here.
  const images = new Map<string, string>();
  const digestOf = (name: string): string => images.get(name) ?? `sha256:${name}`;
  const [home, workspace] = [tempFolder(), tempFolder()];
  const library = join(workspace, 'Library/Pipeline_Templates');
  mkdirSync(library, { recursive: true });
  mkdirSync(join(home, 'pipelines'));
  const define = (folder: string, name: string, fields: Record<string, unknown>): void => {
    const definition = { schemaVersion: 1, kind: 'container', image, ...fields };
    writeFileSync(join(folder, `${name}.pipeline.json`), JSON.stringify(definition));
  };
  define(library, 'Studio', { name: 'Of the studio' });
  define(join(home, 'pipelines'), 'mine', { image: 'mine:1' });
  const engine = engineFor('container', {
    pipeline: (ref) => ({ ...fakePipeline(), ref }),
    version: (definition) => Promise.resolve(digestOf(definition.image) || definition.image),
    image: (definition) => {
      const id = digestOf(definition.image);
      return Promise.resolve(id === '' ? undefined : { id, bytes: 1024 });
    },
    obstacle: () =>
      Promise.resolve(
        runs
          ? undefined
          : new AuteurError('engine-not-running', { address: '/a.sock', reason: 'nobody listens' }),
      ),
    sweep: () => Promise.resolve(),
  });
  const allowed = new AllowedPipelines(home);
  const catalogue = new PipelineCatalogue({
    storyboard: fakePipeline(),
    engines: { container: engine, comfyui: engine },
    home,
    shipped,
    config: new RunnerConfig(home, wishes),
    allowed,
  });
  return { catalogue, workspace, library, define, home, images, word: new ImageWord(allowed) };
}

export async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  return AuteurError.is(error) ? error.code : undefined;
}
