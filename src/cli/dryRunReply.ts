import { isNothingToMake } from '../core/failures/nothingToMake.ts';
import type { GenerateRequest } from '../core/ports/studio.ts';
import type { PlannedTake } from '../core/protocol/plannedTake.ts';
import { planLines } from './format/planLines.ts';
import { plural } from './format/text.ts';
import { nothingLine } from './makeTakes.ts';
import type { Reply } from './reply.ts';
import type { Session } from './session.ts';

/** What `generate --dry-run` says; nothing is made. */
export async function dryRunReply(session: Session, request: GenerateRequest): Promise<Reply> {
  let plan: readonly PlannedTake[];
  try {
    plan = await session.studio().planTakes(request);
  } catch (error) {
    if (!isNothingToMake(error)) throw error;
    return { json: { plan: [] }, lines: [nothingLine(error)] };
  }
  const count = `${plural(plan.length, 'take')} would be made. This was a dry run: nothing was asked for.`;
  return {
    json: { plan: plan.map(planJson) },
    lines: [...plan.flatMap((take) => planLines(session.terminal, take)), count],
  };
}

/** A take that would be made, as `--json` shows it; the path is relative to the project. */
function planJson(take: PlannedTake): object {
  const { address, number, output, quality, pipeline, prompt, parameters } = take;
  return {
    address,
    take: number,
    path: output,
    quality,
    pipeline: pipeline.id,
    kind: pipeline.kind,
    version: pipeline.version,
    image: take.image ?? null,
    digest: take.digest ?? null,
    device: take.devices?.[0] ?? null,
    // That none is large enough is another answer than that it needs none.
    devices: take.devices ?? null,
    fallback: take.fallback ?? null,
    seed: take.seed ?? null,
    prompt: prompt.text,
    negative: prompt.negative,
    parameters,
  };
}
