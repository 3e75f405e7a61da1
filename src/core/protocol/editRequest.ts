import * as z from 'zod';
import { DocumentKind } from '../model/documentKind.ts';
import { JobId } from '../model/ids.ts';
import type { CommitState } from '../model/job.ts';
import { ScenePlacing } from '../model/narrativeTemplate.ts';
import { AssetCategory } from '../model/project.ts';
import { TakeReview } from '../model/shotList.ts';

/** Chapters, scenes or shots, `01/02/03`, of one kind. */
const Addresses = z.array(z.string()).min(1).max(10_000);

/** A take of a shot by its number, or by its id, which no merge can make ambiguous. */
const TakeName = z.object({ address: z.string(), take: z.union([z.int().positive(), JobId]) });
export type TakeName = z.infer<typeof TakeName>;
const Takes = z.array(TakeName).min(1).max(10_000);

/** What is said of takes; 0 and null take it back, what is not named stays. */
const Verdict = z.object({
  rating: z.int().min(0).max(5).optional(),
  status: TakeReview.shape.status.unwrap().nullable().optional(),
  note: z.string().max(10_000).nullable().optional(),
});
export type Verdict = z.infer<typeof Verdict>;
/** What an emotional beat says; `at` is the address of the scene or chapter it is bound to, null unbinds it. */
const BeatValues = z.object({
  name: z.string().optional(),
  description: z.string().nullable().optional(),
  position: z.number().optional(),
  intensity: z.number().optional(),
  at: z.string().nullable().optional(),
});
/** By id, by name, or by category and name: `characters/Ada`. */
const AssetName = z.string().min(1).max(4200);

/** An edit of a film, as every face asks for it. */
export const EditRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('set'),
    /** Empty for the film itself. */
    addresses: Addresses,
    /** By the names of `fields`; null takes a value away. Assets may be given by name. */
    values: z.record(z.string(), z.json()),
  }),
  z.object({
    kind: z.literal('move'),
    addresses: Addresses,
    /** The new parent: a scene for shots, a chapter for scenes, empty for chapters. */
    into: z.string(),
    /** The address of what comes after them; without it they come last. */
    before: z.string().optional(),
  }),
  /** Takes stay on disk; deleted numbers are never given again. */
  z.object({ kind: z.literal('delete'), addresses: Addresses }),
  /** Copies come right after what they are made from, without its takes. */
  z.object({ kind: z.literal('duplicate'), addresses: Addresses }),
  z.object({ kind: z.literal('reviewTakes'), takes: Takes, review: Verdict }),
  z.object({ kind: z.literal('activateTake'), take: TakeName }),
  /** From then on the shot shows its newest take that is not rejected. */
  z.object({ kind: z.literal('deactivateTake'), addresses: Addresses }),
  /** Removes the media and keeps the sidecar, so that the number is never given again. */
  z.object({ kind: z.literal('deleteTakes'), takes: Takes, deactivate: z.boolean().optional() }),
  /** Under a free name; `scene` is the address of the one a shot list is of. */
  z.object({
    kind: z.literal('newDocument'),
    document: DocumentKind,
    title: z.string().optional(),
    scene: z.string().optional(),
  }),
  /** Documents by their path in the project. What the user wrote beside the generated part stays. */
  z.object({ kind: z.literal('updateDocument'), path: z.string() }),
  z.object({ kind: z.literal('renameDocument'), path: z.string(), title: z.string() }),
  z.object({ kind: z.literal('deleteDocument'), path: z.string() }),
  z.object({ kind: z.literal('addBeat'), values: BeatValues }),
  /** By number in the list, or id. */
  z.object({ kind: z.literal('setBeat'), beat: z.string(), values: BeatValues }),
  /** To the scene or chapter at an address; null unbinds them. */
  z.object({
    kind: z.literal('bindBeats'),
    beats: z.array(z.string()).min(1).max(10_000),
    at: z.string().nullable(),
  }),
  z.object({ kind: z.literal('deleteBeats'), beats: z.array(z.string()).min(1).max(10_000) }),
  z.object({
    kind: z.literal('structure'),
    structure: z.string(),
    scenes: ScenePlacing.optional(),
  }),
  z.object({
    kind: z.literal('addAsset'),
    category: AssetCategory,
    name: z.string(),
    /** Folders within the category, `Crew/Deck`. */
    within: z.string().optional(),
    /** By the names of `assetFields`. */
    values: z.record(z.string(), z.json()).optional(),
  }),
  /** A new name changes no reference: they are by id, and the folder stays. */
  z.object({ kind: z.literal('setAsset'), asset: AssetName, values: z.record(z.string(), z.json()) }),
  /** One that the film uses is only deleted with `force`, which takes it out of shots and scenes too. */
  z.object({
    kind: z.literal('deleteAssets'),
    assets: z.array(AssetName).min(1).max(10_000),
    force: z.boolean().optional(),
  }),
  /** Assets go with their files to a folder within a category; without a category each stays in its own. */
  z.object({
    kind: z.literal('moveAssets'),
    assets: z.array(AssetName).min(1).max(10_000),
    category: AssetCategory.optional(),
    /** Folders within the category, `Crew/Deck`; empty for the category itself. */
    within: z.string(),
  }),
  /** Characters join shots, or all shots of a scene; a location or a style is set on shots and scenes. */
  z.object({
    kind: z.literal('assignAssets'),
    assets: z.array(AssetName).min(1).max(1000),
    addresses: Addresses,
    /** What the one character wears there, by name or id; null for nothing in particular. */
    variant: z.string().nullable().optional(),
  }),
]);
export type EditRequest = z.infer<typeof EditRequest>;

export interface EditedNode {
  /** Where it is now; of what was deleted, where it was. */
  readonly address: string;
  readonly id: string;
  /** Number of the take, where it is one; the address is then its shot's. */
  readonly take?: number;
  /** Where it was asked for, if that is another place. */
  readonly from?: string;
}

export interface Edited {
  /** In the words of the commit. */
  readonly summary: string;
  readonly nodes: readonly EditedNode[];
  /** Relative to the project; none where everything was so already. */
  readonly files: readonly string[];
  /** Where the studio commits its edits: whether it did. */
  readonly commit?: CommitState;
}
