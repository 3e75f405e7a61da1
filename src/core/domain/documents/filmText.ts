import type { CameraAngle, CameraMovement, ShotSize } from '../../model/shotList.ts';
import type { Setting, TimeOfDay } from '../../model/project.ts';

/** A film as its documents tell it: names instead of ids, in the order of the film. */
export interface FilmText {
  readonly name: string;
  readonly characters: readonly AssetText[];
  readonly locations: readonly AssetText[];
  readonly chapters: readonly ChapterText[];
  readonly beats: readonly BeatText[];
}

export interface AssetText {
  readonly name: string;
  readonly description?: string | undefined;
}

export interface ChapterText {
  readonly address: string;
  readonly title: string;
  readonly synopsis?: string | undefined;
  readonly scenes: readonly SceneText[];
}

export interface SceneText {
  readonly address: string;
  readonly number: number;
  readonly title: string;
  readonly synopsis?: string | undefined;
  readonly setting?: Setting | undefined;
  readonly location?: string | undefined;
  readonly timeOfDay?: TimeOfDay | undefined;
  readonly shots: readonly ShotText[];
}

export interface ShotText {
  readonly address: string;
  readonly description: string;
  readonly size?: ShotSize | undefined;
  readonly angle?: CameraAngle | undefined;
  readonly movement?: CameraMovement | undefined;
  readonly lens?: number | undefined;
  readonly duration?: number | undefined;
  readonly characters: readonly string[];
  readonly dialogue?: string | undefined;
}

export interface BeatText {
  readonly name: string;
  readonly description?: string | undefined;
  readonly position: number;
  readonly intensity: number;
  /** The scene or chapter it is bound to, as it is called. */
  readonly boundTo?: string | undefined;
}

/** `INT. KITCHEN - NIGHT`, as far as it is known; undefined where nothing is. */
export function slugOf({ setting, location, timeOfDay }: Omit<SceneText, 'shots'>): string | undefined {
  const place = [setting === undefined ? undefined : settingWords[setting], location]
    .filter((part) => part !== undefined)
    .join(' ');
  const slug = [place, timeOfDay].filter((part) => part !== undefined && part !== '').join(' - ');
  return slug === '' ? undefined : slug.toUpperCase();
}

export const settingWords: Readonly<Record<Setting, string>> = {
  INT: 'INT.',
  EXT: 'EXT.',
  'INT/EXT': 'INT./EXT.',
};

/** The lines of a text a user wrote, without what only spaces it. */
export function linesOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.trim());
}
