import type * as z from 'zod';
import { Asset, assetSchemaVersion } from '../../model/asset.ts';
import { Project, projectSchemaVersion } from '../../model/project.ts';
import { RelativePath } from '../../model/relativePath.ts';
import { ShotList, shotListSchemaVersion } from '../../model/shotList.ts';
import { AuteurError } from '../../errors.ts';
import type { Git } from '../git.ts';
import { parseJsonText } from '../jsonText.ts';
import type { UnmergedStage } from './unmergedStages.ts';

export interface TextKind {
  readonly schema: z.ZodType;
  /** The highest `schemaVersion` that this build writes. */
  readonly newest: number;
}

/** A text of the film that both branches have changed, as Git holds it. */
export interface UnmergedText {
  readonly path: RelativePath;
  readonly kind: TextKind;
  /** As it is here. */
  readonly text: string;
  /** Undefined where neither branch had it before. */
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
  /** Where each branch has made a scene of its own with this shot list: the text of the other one; the same of an asset. */
  readonly twin?: string;
}

export type Impossible = ReadonlyMap<string, AuteurError>;

const project: TextKind = { schema: Project, newest: projectSchemaVersion };
const shotListKind: TextKind = { schema: ShotList, newest: shotListSchemaVersion };
const asset: TextKind = { schema: Asset, newest: assetSchemaVersion };

/** Undefined for what is merged by the user alone. */
export function textKindOf(path: string): TextKind | undefined {
  if (path === 'project.json') return project;
  if (path.endsWith('.shotlist.json')) return shotListKind;
  return path.endsWith('/asset.json') ? asset : undefined;
}

/** The texts that can be merged; of the others, what keeps them from it. */
export async function unmergedTexts(
  git: Git,
  stages: readonly UnmergedStage[],
): Promise<{ readonly texts: readonly UnmergedText[]; readonly impossible: Impossible }> {
  const texts: UnmergedText[] = [];
  const impossible = new Map<string, AuteurError>();
  for (const path of new Set(stages.map((stage) => stage.path))) {
    const kind = textKindOf(path);
    const safe = RelativePath.safeParse(path);
    if (kind === undefined || !safe.success) continue;
    try {
      const own = stages.filter((stage) => stage.path === path);
      texts.push(await unmergedText(git, { path: safe.data, kind }, own));
    } catch (error) {
      if (!AuteurError.is(error)) throw error;
      impossible.set(path, error);
    }
  }
  return { texts, impossible };
}

export function notMerged(path: string, reason: string): AuteurError {
  return new AuteurError('merge-impossible', { path, reason });
}

async function unmergedText(
  git: Git,
  { path, kind }: Pick<UnmergedText, 'path' | 'kind'>,
  stages: readonly UnmergedStage[],
): Promise<UnmergedText> {
  const versionOf = async (
    stage: UnmergedStage['stage'],
  ): Promise<{ text: string; value: unknown } | undefined> => {
    const blob = stages.find((one) => one.stage === stage)?.blob;
    if (blob === undefined) return undefined;
    const text = await git.run(['cat-file', 'blob', blob]);
    const json = parseJsonText(text.replace(/^\uFEFF/, ''));
    if ('problem' in json)
      throw notMerged(path, `on one of the branches it cannot be read (${json.problem})`);
    if (schemaVersionOf(json.value) > kind.newest) throw new AuteurError('schema-newer', { path });
    return { text, value: json.value };
  };
  const [base, ours, theirs] = [await versionOf(1), await versionOf(2), await versionOf(3)];
  if (ours === undefined || theirs === undefined)
    throw notMerged(path, `one branch has removed it, and the other has changed it`);
  const idOf = kind === shotListKind ? 'sceneId' : 'id';
  const isTwin = kind !== project && fieldOf(ours.value, idOf) !== fieldOf(theirs.value, idOf);
  const values = { base: base?.value, ours: ours.value, theirs: theirs.value };
  return { path, kind, text: ours.text, ...values, ...(isTwin ? { twin: theirs.text } : {}) };
}

function schemaVersionOf(value: unknown): number {
  const version = fieldOf(value, 'schemaVersion');
  return typeof version === 'number' ? version : 0;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
