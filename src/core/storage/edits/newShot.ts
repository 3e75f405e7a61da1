import { shotFolder } from '../../domain/numbering.ts';
import { AuteurError } from '../../errors.ts';
import { newId, ShotId } from '../../model/ids.ts';
import type { Project } from '../../model/project.ts';
import { Shot } from '../../model/shotList.ts';
import type { NewShot } from '../../ports/studio.ts';
import type { PlacedScene } from '../projectFiles.ts';
import { findAsset } from './assetNames.ts';

/** @throws AuteurError `value-invalid`, and what `findAsset` throws */
export function newShot(
  project: Project,
  { chapter, scene }: PlacedScene,
  number: number,
  request: NewShot,
): Shot {
  const { characters, location, style, ...rest } = request;
  const shot: unknown = {
    id: newId(ShotId),
    number,
    folder: shotFolder(chapter.number, scene.number, number),
    ...rest,
    ...(characters === undefined
      ? {}
      : { characters: characters.map((name) => findAsset(project, 'characters', name)) }),
    ...(location === undefined ? {} : { location: findAsset(project, 'locations', location) }),
    ...(style === undefined ? {} : { style: findAsset(project, 'styles', style) }),
  };
  const parsed = Shot.safeParse(shot);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = issue?.path.map(String).join('.') ?? 'shot';
  const value = String(Object.entries(request).find(([key]) => key === name)?.[1] ?? '');
  throw new AuteurError('value-invalid', { name, value, reason: issue?.message ?? 'wrong value' });
}
