import './quietWarnings.ts';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import * as z from 'zod';
import { AuteurError } from '../core/errors.ts';
import type { Studio } from '../core/ports/studio.ts';
import {
  answer,
  closeMethod,
  PendingCalls,
  toCrossing,
  type Answer,
  type Call,
  type FromThread,
  type StudioThreadOptions,
  type ToThread,
} from '../core/protocol/channel.ts';
import { withOpenDocuments } from '../core/storage/openDocuments.ts';
import { DocumentsOfWindow } from './documentsOfWindow.ts';
import { auteurHome } from './home.ts';
import { createStudio, type RunningStudio } from './studio.ts';
import { niceness, yieldToOthers } from './yieldToOthers.ts';

type StudioMethod = Exclude<keyof Studio, 'onEvent' | 'onJobs' | 'onWork'>;

/** The only methods another thread may call; the type makes it complete. */
const callable: Readonly<Record<StudioMethod, true>> = {
  listProjects: true,
  createProject: true,
  openProject: true,
  closeProject: true,
  film: true,
  shots: true,
  shot: true,
  indexTakes: true,
  takes: true,
  prompt: true,
  recipe: true,
  staleShots: true,
  milestones: true,
  search: true,
  countShots: true,
  documents: true,
  beats: true,
  structures: true,
  previewStructure: true,
  addChapter: true,
  addScene: true,
  addShot: true,
  edit: true,
  assets: true,
  assetUses: true,
  importAssets: true,
  cancelImport: true,
  activateTake: true,
  undoEdit: true,
  redoEdit: true,
  editHistory: true,
  generate: true,
  planTakes: true,
  jobs: true,
  jobLog: true,
  cancelJob: true,
  cancelJobs: true,
  retryJobs: true,
  moveJobs: true,
  pauseQueue: true,
  resumeQueue: true,
  queue: true,
  settled: true,
  work: true,
  cancelWork: true,
  pipelines: true,
  allowPipeline: true,
  proposeWorkflow: true,
  addWorkflow: true,
  configureRunner: true,
  gitStatus: true,
  lfsHealth: true,
  requireDeletable: true,
  fixTakes: true,
  problems: true,
  fixText: true,
  doctor: true,
};

const Options: z.ZodType<StudioThreadOptions> = z.object({
  assetsDir: z.string(),
  trusted: z.boolean(),
  claims: z.enum(['open', 'all']),
  version: z.string(),
  runner: z.record(z.string(), z.unknown()),
});

async function run(studio: RunningStudio, call: Call): Promise<unknown> {
  if (call.method === closeMethod) return studio.close();
  const method: unknown = Object.hasOwn(callable, call.method) ? Reflect.get(studio, call.method) : undefined;
  if (typeof method !== 'function') {
    throw new AuteurError('unexpected', { reason: `the studio has no method ${call.method}` });
  }
  const value: unknown = await Reflect.apply(method, studio, call.args);
  return value;
}

function serve(port: MessagePort, options: StudioThreadOptions): void {
  const send = (message: FromThread): void => {
    port.postMessage(message);
  };
  const log = (line: string): void => {
    send({ kind: 'log', line });
  };
  // A window that closes leaves what earlier ones have left to the next one.
  const closing = new AbortController();
  const hurry = closing.signal;
  const studio = createStudio({ ...options, edits: 'leave', home: auteurHome(process.env), log, hurry });
  studio.onEvent((envelope) => {
    send({ kind: 'event', envelope });
  });
  studio.onJobs((jobs) => {
    send({ kind: 'jobs', jobs });
  });
  studio.onWork((news) => {
    send({ kind: 'work', news });
  });
  const runLogged = async (call: Call): Promise<unknown> => {
    if (call.method === closeMethod) closing.abort();
    try {
      return await run(studio, call);
    } catch (error) {
      // The cause and the stack stay in this thread; the host gets the code and its data.
      if (!AuteurError.is(error) || error.cause !== undefined) log(`${call.method}: ${explain(error)}`);
      throw error;
    }
  };
  const asked = new PendingCalls();
  const documents = new DocumentsOfWindow((uri, replacement) =>
    asked.start(({ id }) => send({ kind: 'replace', id, uri, replacement }), 'replace', []),
  );
  const serveCall = async (call: Call): Promise<void> => {
    reportTo(send, await withOpenDocuments(documents, () => answer(call, runLogged)));
    if (call.method === closeMethod) port.close();
  };
  port.on('message', (message: ToThread) => {
    if (message.kind === 'call') void serveCall(message);
    else if (message.kind === 'document') documents.told(message);
    else asked.settle(message);
  });
}

/** A value that cannot be cloned must not leave its caller waiting. */
function reportTo(send: (message: FromThread) => void, reply: Answer): void {
  try {
    send(reply);
  } catch (error) {
    send({ kind: 'error', id: reply.id, error: toCrossing(error) });
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.stack ?? error.message;
  return error.cause === undefined ? text : `${text}\n  caused by ${explain(error.cause)}`;
}

yieldToOthers(niceness.studio);
if (parentPort !== null) serve(parentPort, Options.parse(workerData));
