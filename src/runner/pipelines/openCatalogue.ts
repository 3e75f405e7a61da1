import process from 'node:process';
import type { Pipeline } from '../../core/ports/pipeline.ts';
import { shippedPipelines } from '../../core/storage/pipelineFiles.ts';
import { ContainerEngine } from '../containers/containerEngine.ts';
import { engineAddress } from '../containers/engineAddress.ts';
import { EngineLink } from '../containers/engineLink.ts';
import type { Devices } from '../devices/devices.ts';
import type { RunnerConfig } from '../runnerConfig.ts';
import { AllowedPipelines } from './allowedPipelines.ts';
import { ComfyuiPipelines } from './comfyui/comfyuiPipelines.ts';
import { cardAccess } from './container/cardAccess.ts';
import { ContainerPipelines } from './container/containerPipelines.ts';
import { ContainerMarks } from './container/containerMarks.ts';
import { engineFor } from './engineOf.ts';
import { PipelineCatalogue } from './pipelineCatalogue.ts';
import { ImageWord } from './userWord.ts';

export interface CatalogueOptions {
  readonly home: string;
  /** The folder with what the build keeps beside its programs. */
  readonly assetsDir: string;
  readonly storyboard: Pipeline;
  readonly config: RunnerConfig;
  readonly devices: Devices;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly log: (line: string) => void;
}

interface OpenCatalogue {
  readonly catalogue: PipelineCatalogue;
  readonly engine: ContainerEngine;
}

/** The pipelines of this machine, with all that they need. */
export function openCatalogue({
  home,
  assetsDir,
  storyboard,
  log,
  config,
  devices,
  env = process.env,
}: CatalogueOptions): OpenCatalogue {
  const link = new EngineLink(async () => engineAddress(env, (await config.read()).containerEngine));
  const engine = new ContainerEngine(link);
  const allowed = new AllowedPipelines(home);
  const shipped = shippedPipelines(assetsDir);
  const containers = {
    engine,
    home,
    shipped,
    log,
    marks: new ContainerMarks(home),
    word: new ImageWord(allowed),
    card: async (lane: string) => cardAccess(engine, await devices.find(lane)),
  };
  const catalogue = new PipelineCatalogue({
    storyboard,
    engines: {
      container: engineFor('container', new ContainerPipelines(containers, devices)),
      comfyui: engineFor('comfyui', new ComfyuiPipelines({ home, log }, () => devices.cards())),
    },
    home,
    shipped,
    config,
    allowed,
  });
  return { catalogue, engine };
}
