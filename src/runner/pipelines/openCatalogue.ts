import process from 'node:process';
import type { Pipeline } from '../../core/ports/pipeline.ts';
import { ContainerEngine } from '../containers/containerEngine.ts';
import { engineAddress } from '../containers/engineAddress.ts';
import type { Devices } from '../devices/devices.ts';
import type { RunnerConfig } from '../runnerConfig.ts';
import { AllowedPipelines } from './allowedPipelines.ts';
import { ContainerPipelines } from './container/containerPipelines.ts';
import { ContainerMarks } from './container/leftovers.ts';
import { PipelineCatalogue } from './pipelineCatalogue.ts';

export interface CatalogueOptions {
  readonly home: string;
  readonly storyboard: Pipeline;
  readonly config: RunnerConfig;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly devices: Devices;
  readonly log: (line: string) => void;
}

/** The pipelines of this machine, with all that they need. */
export function openCatalogue({
  home,
  storyboard,
  log,
  config,
  devices,
  env = process.env,
}: CatalogueOptions): PipelineCatalogue {
  const engine = new ContainerEngine(async () => engineAddress(env, (await config.read()).containerEngine));
  const containers = {
    engine,
    home,
    log,
    marks: new ContainerMarks(home),
    card: (device: string) => devices.find(device),
  };
  return new PipelineCatalogue({
    storyboard,
    engines: { container: new ContainerPipelines(containers, devices) },
    home,
    config,
    allowed: new AllowedPipelines(home),
  });
}
