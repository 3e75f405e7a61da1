import { AuteurError } from '../../core/errors.ts';
import {
  ContainerDefinition,
  type PipelineDefinition,
  type PipelineOrigin,
} from '../../core/model/pipelineDefinition.ts';
import type { JobRequest } from '../../core/model/job.ts';
import { digestOf, type AllowedPipelines, type Word } from './allowedPipelines.ts';
import { whatRuns, type CatalogueNeeds, type ImageHere, type PipelineEntry } from './pipelineEntry.ts';

type Needs = Pick<CatalogueNeeds, 'allowed' | 'engines'>;
type Named = Pick<PipelineEntry, 'id' | 'definition'>;
interface Asked extends Named {
  /** Where it is asked about. */
  readonly place: string;
}

/** Why the user has to be asked before it runs; undefined where the word was given, or none is needed. It binds nothing. */
export async function objection(
  needs: Needs,
  { id, definition, origin }: PipelineEntry,
  place: string,
): Promise<AuteurError | undefined> {
  if (origin !== 'workspace') return undefined;
  const asked = { id, definition, place };
  const image = await imageHere(needs, definition);
  try {
    await requireWord(needs.allowed, asked);
    if (image !== undefined) await requireImage(needs.allowed, asked, image.id);
    return undefined;
  } catch (error) {
    if (AuteurError.is(error)) return error;
    throw error;
  }
}

/**
 * It is to run: of what was allowed before its image was there, the one that is here now is meant.
 * @returns the image
 * @throws AuteurError `pipeline-not-allowed`, `pipeline-changed`, `pipeline-image-changed`
 */
export async function bindWord(
  needs: Needs,
  { id, definition }: Named,
  place: string,
): Promise<string | undefined> {
  const asked = { id, definition, place };
  const image = await imageHere(needs, definition);
  await requireWord(needs.allowed, asked);
  if (image !== undefined) await bindImage(needs.allowed, asked, image.id);
  return image?.id;
}

/** Why its image is not fetched; undefined where it is here, or may be fetched. */
export async function unfetched(
  needs: Needs,
  { id, definition, origin }: PipelineEntry,
  place: string,
): Promise<AuteurError | undefined> {
  if (origin === 'machine' || definition.kind !== 'container') return undefined;
  if ((await imageHere(needs, definition)) !== undefined) return undefined;
  return mayNotCome(needs.allowed, { id, definition, origin }, place);
}

const WithoutBuild = ContainerDefinition.omit({ build: true });

/** What the word of the user is for: what comes with Auteur may be built anew after each of its updates. */
export function wordFor({
  definition,
  origin,
}: Pick<PipelineEntry, 'definition' | 'origin'>): PipelineDefinition {
  if (origin !== 'built-in' || definition.kind !== 'container') return definition;
  return WithoutBuild.parse(definition);
}

interface Wanted {
  readonly id: string;
  readonly definition: ContainerDefinition;
  readonly origin: PipelineOrigin;
}

/** Why an image that is not here is not fetched or built; undefined where it may be. */
async function mayNotCome(
  allowed: AllowedPipelines,
  { id: pipeline, definition, origin }: Wanted,
  place: string,
): Promise<AuteurError | undefined> {
  const { image, build } = definition;
  if (origin === 'built-in' && build === undefined)
    // Whoever has that name in a registry is not us.
    return new AuteurError('image-missing', { image, reason: 'this installation of Auteur is not complete' });
  if ((await allowed.word(wordFor({ definition, origin }))) !== undefined) return undefined;
  const code = build === undefined ? 'image-not-allowed' : 'image-not-built';
  return new AuteurError(code, { pipeline, image, place });
}

/** Undefined where there is none, or whoever would know is away. */
export async function imageHere(
  { engines }: Pick<Needs, 'engines'>,
  definition: PipelineDefinition,
): Promise<ImageHere | undefined> {
  try {
    return await engines[definition.kind].image(definition);
  } catch (error) {
    if (AuteurError.is(error)) return undefined;
    throw error;
  }
}

/** @throws AuteurError `pipeline-not-allowed`, `pipeline-changed` */
async function requireWord(allowed: AllowedPipelines, { id, definition, place }: Asked): Promise<void> {
  if ((await allowed.word(definition)) !== undefined) return;
  const asked = { pipeline: id, what: whatRuns(definition), place, shown: digestOf(definition) };
  const changes = await allowed.changes({ id, definition });
  if (changes === undefined) throw new AuteurError('pipeline-not-allowed', asked);
  throw new AuteurError('pipeline-changed', { ...asked, changes: changes.join(', ') });
}

/**
 * That an image is one that was allowed.
 * @returns the word, where it was given before any image was there
 * @throws AuteurError `pipeline-not-allowed`, `pipeline-changed`, `pipeline-image-changed`
 */
async function requireImage(
  allowed: AllowedPipelines,
  asked: Asked,
  image: string,
): Promise<Word | undefined> {
  const { id, definition, place } = asked;
  await requireWord(allowed, asked);
  const word = await allowed.word(definition);
  if (word === undefined || word.images.includes(image)) return undefined;
  const before = word.images.at(-1);
  if (before === undefined) return word;
  const digests = { before: shortDigest(before), now: shortDigest(image) };
  const name = 'image' in definition ? definition.image : '';
  throw new AuteurError('pipeline-image-changed', { pipeline: id, image: name, ...digests, place });
}

/** @throws AuteurError as `requireImage` */
async function bindImage(allowed: AllowedPipelines, asked: Asked, image: string): Promise<void> {
  const word = await requireImage(allowed, asked, image);
  if (word !== undefined) await allowed.bind(word, image);
}

/** As engines print it. */
function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}

/** The user's word once more when a job runs: what its image stands for may have changed since it was accepted. */
export class ImageWord {
  readonly #allowed: AllowedPipelines;

  constructor(allowed: AllowedPipelines) {
    this.#allowed = allowed;
  }

  /** @throws AuteurError `image-not-allowed`, `image-not-built`, `image-missing` where its image may not come here */
  async requireFetch({ pipeline, definition, origin = 'workspace', projectRoot }: JobRequest): Promise<void> {
    if (origin === 'machine' || definition?.kind !== 'container') return;
    const refusal = await mayNotCome(this.#allowed, { id: pipeline.id, definition, origin }, projectRoot);
    if (refusal !== undefined) throw refusal;
  }

  /** What is built here of what was allowed is allowed, though each build has an id of its own. */
  async built({ pipeline, definition, origin }: JobRequest, image: string): Promise<void> {
    if (origin === 'machine' || origin === 'built-in' || definition === undefined) return;
    await this.#allowed.allow({ id: pipeline.id, definition }, image);
  }

  /** @throws AuteurError `pipeline-not-allowed`, `pipeline-changed`, `pipeline-image-changed` */
  async requireRun(
    { pipeline, definition, origin, projectRoot: place }: JobRequest,
    image: string,
  ): Promise<void> {
    if (origin === 'machine' || origin === 'built-in' || definition === undefined) return;
    await bindImage(this.#allowed, { id: pipeline.id, definition, place }, image);
  }
}
