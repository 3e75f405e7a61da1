import { takeBaseName } from '../core/domain/numbering.ts';
import type { JobRequest } from '../core/model/job.ts';
import type { GenerateRequest } from '../core/ports/studio.ts';
import type { PlannedDevice, PlannedTake } from '../core/protocol/plannedTake.ts';
import { resolveInside } from '../core/storage/projectPath.ts';
import { nextTakeNumber } from '../core/storage/takes.ts';
import type { Device } from './devices/devices.ts';
import { requestedJobs, type RequestNeeds } from './requestedJobs.ts';

export interface PlanNeeds extends RequestNeeds {
  readonly devices: { list(): Promise<readonly Device[]> };
}

/** The takes a request means, as they would be accepted now. It writes nothing: the jobs are not submitted. */
export async function planTakes(request: GenerateRequest, needs: PlanNeeds): Promise<readonly PlannedTake[]> {
  const jobs = await requestedJobs(request, needs);
  const cards = jobs.some(needsCard) ? await needs.devices.list() : [];
  const numbers = await numbersOf(jobs, needs);
  const isSeedKnown = request.seed !== undefined || request.recipe !== undefined;
  return jobs.map((job, index) => planned(job, { number: numbers[index] ?? 1, cards, isSeedKnown }));
}

interface Known {
  readonly number: number;
  readonly cards: readonly Device[];
  readonly isSeedKnown: boolean;
}

function planned(job: JobRequest, { number, cards, isSeedKnown }: Known): PlannedTake {
  const { shotId, address, quality, pipeline, fallback, seed, prompt, parameters, definition } = job;
  const image = definition !== undefined && 'image' in definition ? definition.image : undefined;
  const device = cardFor(definition?.vramGb ?? 0, cards);
  return {
    shotId,
    address,
    number,
    output: `${job.folder}/${takeBaseName(job.filePrefix, number)}${endingOf(job)}`,
    quality,
    pipeline,
    ...(image === undefined ? {} : { image }),
    ...(image === undefined || pipeline.version === image ? {} : { digest: pipeline.version }),
    ...(device === undefined ? {} : { device }),
    ...(fallback === undefined ? {} : { fallback }),
    ...(isSeedKnown ? { seed } : {}),
    prompt,
    parameters,
  };
}

/** What a container leaves may be a picture or a film. */
function endingOf({ pipeline }: JobRequest): string {
  return pipeline.kind === 'storyboard' ? '.png' : '';
}

function needsCard({ definition }: JobRequest): boolean {
  return (definition?.vramGb ?? 0) > 0;
}

/** The smallest card that holds it. */
function cardFor(vramGb: number, cards: readonly Device[]): PlannedDevice | undefined {
  if (vramGb <= 0) return undefined;
  const [card] = cards.filter((one) => one.vramGb >= vramGb).sort((a, b) => a.vramGb - b.vramGb);
  return card && { id: card.id, name: card.name, vramGb: card.vramGb };
}

/** Behind the takes that are there come those that are being made, then those of the same request. */
async function numbersOf(jobs: readonly JobRequest[], { waiting }: PlanNeeds): Promise<readonly number[]> {
  const ahead = new Map<string, number>();
  for (const { shotId } of await waiting()) ahead.set(shotId, (ahead.get(shotId) ?? 0) + 1);
  const next = new Map<string, number>();
  const numbers: number[] = [];
  for (const { projectRoot, folder, shotId } of jobs) {
    const free =
      next.get(folder) ??
      (await nextTakeNumber(await resolveInside(projectRoot, folder))) + (ahead.get(shotId) ?? 0);
    numbers.push(free);
    next.set(folder, free + 1);
  }
  return numbers;
}
