import { Command } from 'commander';
import { registerAdd } from './commands/add.ts';
import { registerBeat } from './commands/beat.ts';
import { registerAsset } from './commands/asset.ts';
import { registerCancel } from './commands/cancel.ts';
import { registerDoc } from './commands/doc.ts';
import { registerDownload } from './commands/download.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerEdits } from './commands/edit.ts';
import { registerExport } from './commands/export.ts';
import { registerGenerate } from './commands/generate.ts';
import { registerJobs } from './commands/jobs.ts';
import { registerList } from './commands/list.ts';
import { registerNew } from './commands/new.ts';
import { registerPipelines } from './commands/pipelines.ts';
import { registerProject } from './commands/project.ts';
import { registerQueue } from './commands/queue.ts';
import { registerRetry } from './commands/retry.ts';
import { registerShow } from './commands/show.ts';
import { registerStructures } from './commands/structure.ts';
import { registerTake } from './commands/take.ts';
import { registerRedo, registerUndo } from './commands/undo.ts';
import { registerValidate } from './commands/validate.ts';
import { registerWorker } from './commands/worker.ts';
import { examples } from './options.ts';
import type { Run } from './reply.ts';
import { version } from './version.ts';

/** Options every command takes, before or after its name. */
export interface GlobalOptions {
  readonly directory?: string;
  readonly json?: true;
  readonly verbose?: true;
}

const registers = [
  registerNew,
  registerList,
  registerShow,
  registerAdd,
  registerEdits,
  registerDoc,
  registerStructures,
  registerBeat,
  registerAsset,
  registerGenerate,
  registerJobs,
  registerPipelines,
  registerCancel,
  registerRetry,
  registerQueue,
  registerTake,
  registerUndo,
  registerRedo,
  registerWorker,
  registerValidate,
  registerDoctor,
  registerDownload,
  registerExport,
  registerProject,
];

export interface ProgramHooks {
  readonly run: Run;
  /** Receives help and the version, which commander writes by itself. */
  readonly write: (text: string) => void;
}

export function createProgram({ run, write }: ProgramHooks): Command {
  const program = new Command('auteur')
    .description('Turn a story into takes: projects, shots, generation and recording.')
    .version(version)
    .option('-C, --directory <dir>', 'the project, or a folder in it (default: where you are)')
    .option('--json', 'print one JSON object')
    .option('--verbose', 'show the log of the studio')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: write, writeErr: write, outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', examples('new "The Last Reel"', '-C Projects/The_Last_Reel generate --all'));
  for (const register of registers) register(program, run);
  return program;
}
