import { takeBaseName } from '../core/domain/numbering.ts';
import type { JobRequest } from '../core/model/job.ts';
import type { GenerateRequest } from '../core/ports/studio.ts';
import type { PlannedDevice, PlannedTake } from '../core/protocol/plannedTake.ts';
import { freeTakeNumber } from '../core/storage/givenNumbers.ts';
import type { Devices } from './devices/devices.ts';
import { vramOf } from './queue/askingQueue.ts';
import { requestedJobs, type RequestNeeds } from './requestedJobs.ts';

export interface PlanNeeds extends RequestNeeds {
  readonly devices: Pick<Devices, 'list' | 'cards'>;
  /** The shots whose jobs hold cards now, by the cards. */
  readonly holders: () => Promise<ReadonlyMap<string, string>>;
}

/** The takes a request means, as they would be accepted now. It writes nothing: the jobs are not submitted. */
export async function planTakes(request: GenerateRequest, needs: PlanNeeds): Promise<readonly PlannedTake[]> {
  const jobs = await (await requestedJobs(request, needs))();
  const cards = jobs.some((job) => vramOf(job) > 0) ? await cardsNow(needs) : [];
  const numbers = await numbersOf(jobs, needs);
  const isSeedKnown = request.seed !== undefined || request.recipe !== undefined;
  return jobs.map((job, index) => planned(job, { number: numbers[index] ?? 1, cards, isSeedKnown }));
}

interface Known {
  readonly number: number;
  readonly cards: readonly CardNow[];
  readonly isSeedKnown: boolean;
}

function planned(job: JobRequest, { number, cards, isSeedKnown }: Known): PlannedTake {
  const { shotId, address, quality, pipeline, fallback, seed, prompt, parameters, definition } = job;
  const image = definition !== undefined && 'image' in definition ? definition.image : undefined;
  const devices = cardsFor(vramOf(job), cards);
  return {
    shotId,
    address,
    number,
    output: `${job.folder}/${takeBaseName(job.filePrefix, number)}${endingOf(job)}`,
    quality,
    pipeline,
    ...(image === undefined ? {} : { image }),
    ...(image === undefined || pipeline.version === image ? {} : { digest: pipeline.version }),
    ...(devices === undefined ? {} : { devices }),
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

interface CardNow {
  readonly vramMb: number;
  readonly told: PlannedDevice;
}

/** The cards that the queue hands out, the smallest first, as they stand now. */
async function cardsNow({ devices, holders }: PlanNeeds): Promise<readonly CardNow[]> {
  const [known, cards, held] = await Promise.all([devices.list(), devices.cards(), holders()]);
  const idOf = (lane: string): string => known.find((one) => one.lane === lane)?.id ?? lane;
  return cards
    .map(({ id, name, vramMb, freeMb }) => {
      const heldBy = held.get(id);
      const told = {
        ...{ id: idOf(id), name, vramGb: rounded(vramMb) },
        ...(freeMb === undefined ? {} : { freeGb: rounded(freeMb) }),
        ...(heldBy === undefined ? {} : { heldBy }),
      };
      return { vramMb, told };
    })
    .sort((a, b) => a.vramMb - b.vramMb);
}

function rounded(megabytes: number): number {
  return Math.round(megabytes / 102.4) / 10;
}

/** Those that hold it, in the order in which the queue takes them. */
function cardsFor(megabytes: number, cards: readonly CardNow[]): readonly PlannedDevice[] | undefined {
  if (megabytes <= 0) return undefined;
  return cards.filter(({ vramMb }) => vramMb >= megabytes).map(({ told }) => told);
}

/** Behind the takes that are there come those that are being made, then those of the same request. */
async function numbersOf(jobs: readonly JobRequest[], { waiting }: PlanNeeds): Promise<readonly number[]> {
  const ahead = await waiting();
  const next = new Map<string, number>();
  const numbers: number[] = [];
  for (const { projectRoot, folder, shotId } of jobs) {
    const free = next.get(folder) ?? (await freeTakeNumber(projectRoot, folder)) + (ahead.get(shotId) ?? 0);
    numbers.push(free);
    next.set(folder, free + 1);
  }
  return numbers;
}
