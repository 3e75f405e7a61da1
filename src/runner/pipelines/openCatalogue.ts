import process from 'node:process';
import type { Pipeline } from '../../core/ports/pipeline.ts';
import { ContainerEngine } from '../containers/containerEngine.ts';
import { Devices } from '../devices/devices.ts';
import { RunnerConfig } from '../runnerConfig.ts';
import { AllowedPipelines } from './allowedPipelines.ts';
import { ContainerPipelines } from './container/containerPipelines.ts';
import { PipelineCatalogue } from './pipelineCatalogue.ts';

export interface CatalogueOptions {
  readonly home: string;
  readonly storyboard: Pipeline;
  readonly log: (line: string) => void;
}

/** The pipelines of this machine, with all that they need. */
export function openCatalogue({ home, storyboard, log }: CatalogueOptions): PipelineCatalogue {
  const config = new RunnerConfig(home);
  const devices = new Devices(config, () => Promise.resolve([]));
  const engine = new ContainerEngine(process.env);
  const containers = { engine, home, log, card: (device: string) => devices.find(device) };
  return new PipelineCatalogue({
    storyboard,
    engines: { container: new ContainerPipelines(containers, devices) },
    home,
    config,
    allowed: new AllowedPipelines(home),
  });
}
