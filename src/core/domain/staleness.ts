import type { JobRequest } from '../model/job.ts';
import { Panel } from '../model/panel.ts';
import type { PipelineRef, Take } from '../model/take.ts';
import { changedContext } from './changedContext.ts';
import { qualityMapping } from './qualityMapping.ts';

/** What a take was made from, as it is now. */
export interface SourcesNow {
  /** Of a take whose panel does not tell what nobody decided, with all of that said, as it was then. */
  readonly resolved: Pick<JobRequest, 'panel' | 'prompt' | 'parameters'>;
  /** Which of its input files are no longer what they were. */
  readonly changedInputs: readonly string[];
  /** What would make it now; undefined where this machine cannot tell. */
  readonly pipeline: PipelineRef | undefined;
}

/** The title of the film and the number of the shot stand on the slate; they say nothing of the picture. */
const labels: ReadonlySet<string> = new Set(['project', 'address']);
/** What of the panel explains that a part of the prompt is another. */
const explained = {
  direct: ['description', 'size', 'angle', 'movement', 'lens'],
  identity: ['characters'],
  aesthetic: ['style', 'styleKeywords'],
  context: ['location', 'setting', 'timeOfDay'],
  beat: [],
  negative: [],
} as const;

/**
 * What a take was made from and is another now: names of the shot's fields, parts of the prompt, `beat`, `inputs`,
 * `pipeline`.
 */
export function changedSources(take: Take, now: SourcesNow): readonly string[] {
  const panel = take.panel === undefined ? [] : differingFields(take.panel, Panel.parse(now.resolved.panel));
  const parts = [
    ...(['direct', 'identity', 'aesthetic', 'negative'] as const).filter(
      (part) => take.prompt[part] !== now.resolved.prompt[part],
    ),
    ...changedContext(take, now.resolved),
  ].filter((part) => !explained[part].some((field) => panel.includes(field)));
  const parameters = differingKeys(take.parameters, now.resolved.parameters);
  return [
    ...new Set([
      ...panel.filter((name) => !labels.has(name)),
      ...parts,
      ...parameters,
      ...(now.changedInputs.length > 0 ? ['inputs'] : []),
      ...(isOtherPipeline(take, now.pipeline) ? ['pipeline'] : []),
    ]),
  ];
}

/** Whether a take was made by what its quality maps to, rather than by a pipeline that was asked for by name. */
export function isMapped({ fallback, pipeline, quality }: Take): boolean {
  return fallback !== undefined || pipeline.id === qualityMapping[quality].pipeline;
}

function isOtherPipeline({ pipeline }: Take, now: PipelineRef | undefined): boolean {
  return now !== undefined && (pipeline.id !== now.id || pipeline.version !== now.version);
}

/** A value that was nobody's is not the same one decided; a camera that stands still is, which no prompt says. */
function differingFields(
  { undecided: before = [], ...panel }: Panel,
  { undecided: after = [], ...now }: Panel,
): readonly string[] {
  const decided = [
    ...before.filter((field) => !after.includes(field)),
    ...after.filter((field) => !before.includes(field)),
  ];
  return [...differingKeys(panel, now), ...decided.filter((field) => field !== 'movement')];
}

function differingKeys(before: object, after: object): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => valueText(before, key) !== valueText(after, key));
}

function valueText(values: object, key: string): string | undefined {
  return JSON.stringify(Reflect.get(values, key));
}
