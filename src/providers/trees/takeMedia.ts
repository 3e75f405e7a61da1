import type { TakeView } from '../../core/protocol/views.ts';
import type { Translate } from '../translate.ts';

type Media = Pick<TakeView, 'media' | 'mediaType' | 'path' | 'poster' | 'width' | 'height' | 'duration'>;

/** A picture of a take: itself, or the poster of one that moves; undefined where none is on this machine. */
export function stillOf({ media, mediaType, path, poster }: Media): string | undefined {
  if (!mediaType.startsWith('image/')) return poster;
  return media === 'present' ? path : undefined;
}

/** How large a take is, and how long. */
export function measureWords(t: Translate, { width, height, duration }: Media): readonly string[] {
  return [
    ...(width === undefined ? [] : [`${String(width)} × ${String(height ?? 0)}`]),
    ...(duration === undefined ? [] : [t('{seconds} s', { seconds: Number(duration.toFixed(2)) })]),
  ];
}
