import * as z from 'zod';
import { parseTakeFileName } from '../../domain/numbering.ts';
import { AssetId, BeatId, ChapterId, JobId, SceneId, ShotId } from '../../model/ids.ts';
import { AssetCategory } from '../../model/project.ts';
import { RelativePath } from '../../model/relativePath.ts';

/** What a value belongs to, by id, so that it is found again in a file that has changed. */
export const Place = z.discriminatedUnion('of', [
  z.object({ of: z.literal('project') }),
  z.object({ of: z.literal('chapter'), id: ChapterId }),
  z.object({ of: z.literal('scene'), id: SceneId }),
  z.object({ of: z.literal('shot'), scene: SceneId, id: ShotId }),
  z.object({ of: z.literal('asset'), category: AssetCategory, id: AssetId }),
  z.object({ of: z.literal('beat'), id: BeatId }),
  /** One that has no id yet. */
  z.object({ of: z.literal('beatAt'), index: z.int().nonnegative() }),
  z.object({ of: z.literal('assetText'), category: AssetCategory, id: AssetId }),
]);
export type Place = z.infer<typeof Place>;

/** A list whose members have ids. */
export const List = z.discriminatedUnion('of', [
  z.object({ of: z.literal('chapters') }),
  z.object({ of: z.literal('scenes'), chapter: ChapterId }),
  z.object({ of: z.literal('shots'), scene: SceneId }),
  z.object({ of: z.literal('assets'), category: AssetCategory }),
  z.object({ of: z.literal('beats') }),
]);
export type List = z.infer<typeof List>;

export const Member = z.looseObject({ id: z.string(), number: z.int().optional() });
export type Member = z.infer<typeof Member>;

/** The member before it; null for the first. */
const After = z.string().nullable();

/** Only text that the store itself writes: not the manifest, nothing of a take. */
const TextPath = RelativePath.check(
  z.refine(
    (path) => /^(?!project\.json$|03_Renders\/).+\.(json|md|fountain|csv)$/i.test(path),
    'must be a text of the film',
  ),
);

/** The sidecar of a take, which knows one change: that its take is deleted, and that it is not. */
const SidecarPath = RelativePath.check(
  z.refine((path) => /\/S\d+_S\d+_take\d+\.json$/.test(path), 'must be the sidecar of a take'),
);

/** In a category of the assets, or the media of a take. */
const MediaPath = RelativePath.check(
  z.refine(
    (path) => /^01_Assets\/[^/]+\/./.test(path) || isTakeMedia(path),
    'must lie in a category of the assets, or be media of a take',
  ),
);

/** What belongs to an asset. */
const AssetPath = RelativePath.check(
  z.refine((path) => /^01_Assets\/[^/]+\/./.test(path), 'must lie in a category of the assets'),
);

function isTakeMedia(path: string): boolean {
  const extension = parseTakeFileName(path.split('/').at(-1) ?? '')?.extension.toLowerCase();
  return extension !== undefined && extension !== 'json';
}

/** Where a file is while it is not in the film, below `.auteur`. */
const KeptPath = z.string().regex(/^(trash|imports)\/[A-Za-z0-9-]{1,100}\/\d{1,6}$/);

/** One elementary change of a film. Each has an inverse, and the film itself tells whether it was made. */
export const FilmOp = z.discriminatedUnion('op', [
  z.object({ op: z.literal('insert'), list: List, value: Member, after: After }),
  z.object({ op: z.literal('remove'), list: List, value: Member, after: After }),
  z.object({ op: z.literal('order'), list: List, id: z.string(), from: After, to: After }),
  z.object({
    op: z.literal('set'),
    place: Place,
    field: z.array(z.string()).min(1),
    from: z.json().optional(),
    to: z.json().optional(),
  }),
  z.object({ op: z.literal('file'), path: TextPath, from: z.string().optional(), to: z.string().optional() }),
  z.object({
    op: z.literal('mark'),
    path: SidecarPath,
    take: JobId,
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional(),
  }),
  /** A file or folder of an asset, or the media of a take, comes into the film, or is put aside. */
  z.object({ op: z.literal('media'), path: MediaPath, kept: KeptPath, way: z.enum(['in', 'out']) }),
  /** A folder or file of an asset goes to another place in the film, with all that is in it. */
  z.object({ op: z.literal('relocate'), from: AssetPath, to: AssetPath }),
]);
export type FilmOp = z.infer<typeof FilmOp>;

export type OpOf<K extends FilmOp['op']> = Extract<FilmOp, { op: K }>;

/** A value as a change keeps it. */
export function jsonOf(value: unknown): z.core.util.JSONType {
  return z.json().parse(value);
}

/** What takes the changes back, in the order in which they are taken back. */
export function inverse(ops: readonly FilmOp[]): readonly FilmOp[] {
  const orders = ops.filter(({ op }) => op === 'order').values();
  // Members go back behind what was before them from the first on, so that it is there already.
  const back = ops.toReversed().map((op) => (op.op === 'order' ? (orders.next().value ?? op) : op));
  return back.map(inverseOf);
}

function inverseOf(op: FilmOp): FilmOp {
  switch (op.op) {
    case 'insert':
      return { ...op, op: 'remove' };
    case 'remove':
      return { ...op, op: 'insert' };
    case 'order':
      return { ...op, from: op.to, to: op.from };
    case 'set': {
      const { from, to, ...rest } = op;
      return {
        ...rest,
        ...(to === undefined ? {} : { from: to }),
        ...(from === undefined ? {} : { to: from }),
      };
    }
    case 'file': {
      const { from, to, ...rest } = op;
      return {
        ...rest,
        ...(to === undefined ? {} : { from: to }),
        ...(from === undefined ? {} : { to: from }),
      };
    }
    case 'mark': {
      const { from, to, ...rest } = op;
      return {
        ...rest,
        ...(to === undefined ? {} : { from: to }),
        ...(from === undefined ? {} : { to: from }),
      };
    }
    case 'media':
      return { ...op, way: op.way === 'in' ? 'out' : 'in' };
    case 'relocate':
      return { ...op, from: op.to, to: op.from };
  }
}
