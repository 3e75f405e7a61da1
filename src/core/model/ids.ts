import * as z from 'zod/mini';

const id = z.string().check(z.minLength(1), z.maxLength(100), z.regex(/^[A-Za-z0-9_-]+$/));

export const ProjectId = id.brand<'ProjectId'>();
export type ProjectId = z.infer<typeof ProjectId>;
export const ChapterId = id.brand<'ChapterId'>();
export type ChapterId = z.infer<typeof ChapterId>;
export const SceneId = id.brand<'SceneId'>();
export type SceneId = z.infer<typeof SceneId>;
export const ShotId = id.brand<'ShotId'>();
export type ShotId = z.infer<typeof ShotId>;
export const BeatId = id.brand<'BeatId'>();
export type BeatId = z.infer<typeof BeatId>;
export const AssetId = id.brand<'AssetId'>();
export type AssetId = z.infer<typeof AssetId>;
/** A take's id is the id of the job that made it. */
export const JobId = id.brand<'JobId'>();
export type JobId = z.infer<typeof JobId>;

/** A fresh id of the given kind, e.g. `newId(ShotId)`. */
export function newId<T>(kind: { parse(value: unknown): T }): T {
  return kind.parse(globalThis.crypto.randomUUID());
}
