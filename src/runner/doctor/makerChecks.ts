import { AuteurError, toFailure } from '../../core/errors.ts';
import type { ComfyuiDefinition } from '../../core/model/comfyuiDefinition.ts';
import type { RunnerSettings } from '../../core/model/runnerSettings.ts';
import type { DoctorCheck } from '../../core/protocol/views.ts';
import type { ContainerEngine } from '../containers/containerEngine.ts';
import type { Devices } from '../devices/devices.ts';
import { findProgram } from '../media/findProgram.ts';
import { ComfyuiServer } from '../pipelines/comfyui/comfyuiServer.ts';
import { unusable } from '../pipelines/container/cardAccess.ts';
import type { PipelineCatalogue } from '../pipelines/pipelineCatalogue.ts';
import type { PipelineEntry } from '../pipelines/pipelineEntry.ts';
import type { RunnerConfig } from '../runnerConfig.ts';
import { check, fine, skipped, warning, type Finding } from './check.ts';
import { installCommand } from './commands.ts';

/** Nothing that hangs keeps the others waiting for longer. */
const patienceMs = 3_000;

export interface MakerNeeds {
  readonly catalogue: Pick<PipelineCatalogue, 'entries' | 'awaitsWord'>;
  readonly engine: ContainerEngine;
  readonly devices: Devices;
  readonly config: RunnerConfig;
  /** Milliseconds each look may take. */
  readonly patience?: number;
}

/**
 * Looks at what makes takes beside the storyboard. What nothing here needs is a note; nothing of it keeps takes from being
 * recorded, so none of it fails, but for settings that cannot be read.
 */
export async function makerChecks(needs: MakerNeeds, place: string): Promise<readonly DoctorCheck[]> {
  const entries = await needs.catalogue.entries(place);
  const settings = await settingsOf(needs.config);
  const own = entries.filter(({ origin }) => origin !== 'built-in');
  const isNeeded = settings !== undefined && needsContainers(own, settings);
  const look = (name: string, work: () => Promise<Finding>): Promise<DoctorCheck> =>
    check(name, () => within(needs.patience ?? patienceMs, work));
  return Promise.all([
    look('FFmpeg', () => ffmpegFinding(own.length > 0)),
    look('Container engine', () => engineFinding(needs.engine, isNeeded)),
    look('Graphics cards', () => cardsFinding(needs)),
    ...servers(own).map((entry) =>
      look(`ComfyUI ${entry.definition.server}`, () => comfyuiFinding(needs, entry, place)),
    ),
  ]);
}

/** Broken settings are told of by the check of the cards. */
async function settingsOf(config: RunnerConfig): Promise<RunnerSettings | undefined> {
  try {
    return await config.read();
  } catch (error) {
    if (AuteurError.is(error)) return undefined;
    throw error;
  }
}

/** Somebody has written a container pipeline, or said that nothing is to stand in for those of Auteur. */
function needsContainers(own: readonly PipelineEntry[], { fallback, pipelines }: RunnerSettings): boolean {
  const named = Object.values(pipelines);
  return (
    !fallback ||
    own.some(({ definition }) => definition.kind === 'container') ||
    named.some((id) => id.startsWith('auteur-'))
  );
}

async function within(ms: number, work: () => Promise<Finding>): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    const hint = 'Look whether it hangs, then check again.';
    timer = setTimeout(() => resolve(warning(`it did not answer within ${ms / 1000} s`, hint)), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function ffmpegFinding(isNeeded: boolean): Promise<Finding> {
  const found = await Promise.all(['ffmpeg', 'ffprobe'].map((name) => findProgram(name)));
  const [ffmpeg] = found;
  if (ffmpeg !== undefined && !found.includes(undefined)) return fine(ffmpeg);
  const detail = 'not found: takes that move are recorded without poster, length and size';
  const hint = 'Install FFmpeg where pipelines here make moving pictures.';
  const command = installCommand('ffmpeg');
  return isNeeded ? warning(detail, hint, command) : noted(detail, hint, command);
}

async function engineFinding(engine: ContainerEngine, isNeeded: boolean): Promise<Finding> {
  try {
    await engine.ping();
    const { runtime, cdi } = await engine.graphics();
    const cards = runtime || cdi.length > 0 ? 'hands NVIDIA cards over' : 'knows no NVIDIA cards';
    return fine(`${await engine.version()} at ${await engine.address()}; it ${cards}`);
  } catch (error) {
    return troubleOf(error, isNeeded);
  }
}

async function cardsFinding({ devices, engine }: MakerNeeds): Promise<Finding> {
  const cards = await devices.list();
  const [notice] = await devices.notices();
  const names = cards.map(({ name, vramGb }) => `${name} (${vramGb} GB)`).join(', ');
  if (notice !== undefined) return warning(`${names}. ${notice}`, 'Take out one of the two declarations.');
  if (cards.length === 0)
    return noted(
      'none found; the storyboard needs none',
      'A card that is not found can be declared in "auteur.runner.devices".',
    );
  const troubles = await Promise.all(cards.map((card) => troubleWith(engine, card)));
  const trouble = troubles.find((one) => one !== undefined);
  return trouble === undefined ? fine(names) : warning(trouble.message, trouble.hint);
}

/** What keeps containers from a card; an engine that is away is told of by its own check. */
async function troubleWith(...asked: Parameters<typeof unusable>): Promise<AuteurError | undefined> {
  try {
    return await unusable(...asked);
  } catch (error) {
    if (AuteurError.is(error)) return undefined;
    throw error;
  }
}

type ComfyuiEntry = PipelineEntry & { readonly definition: ComfyuiDefinition };

/** One pipeline for each server. */
function servers(entries: readonly PipelineEntry[]): readonly ComfyuiEntry[] {
  const found = new Map<string, ComfyuiEntry>();
  for (const { definition, ...entry } of entries)
    if (definition.kind === 'comfyui') found.set(definition.server, { ...entry, definition });
  return [...found.values()];
}

async function comfyuiFinding(
  { catalogue }: MakerNeeds,
  entry: ComfyuiEntry,
  place: string,
): Promise<Finding> {
  const held = await catalogue.awaitsWord(entry, place);
  // A file of a workspace has nothing called without the user's word.
  if (held !== undefined) return skipped(`not asked: pipeline ${entry.id} awaits your word`, held.hint);
  try {
    const { system, devices } = await new ComfyuiServer(entry.definition.server).stats();
    const cards = devices.map(({ name, type }) => name ?? type).join(', ');
    return fine(`ComfyUI ${system.comfyui_version ?? ''}`.trim() + (cards === '' ? '' : ` on ${cards}`));
  } catch (error) {
    return troubleOf(error, true);
  }
}

function troubleOf(error: unknown, isNeeded: boolean): Finding {
  const { message, hint = '' } = toFailure(error);
  return isNeeded ? warning(message, hint) : noted(message, hint);
}

/** To be known, and nothing to be done about where it is not wanted. */
function noted(detail: string, hint: string, command?: string): Finding {
  return { ...warning(detail, hint, command), level: 'skipped' };
}
