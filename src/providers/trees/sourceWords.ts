import type { Translate } from '../translate.ts';

/** What a take was made from and is another now, as a tooltip names it. */
export function sourceName(t: Translate, source: string): string {
  const names: Readonly<Record<string, string>> = {
    description: t('description'),
    dialogue: t('dialogue'),
    size: t('size'),
    angle: t('angle'),
    movement: t('movement'),
    lens: t('lens'),
    duration: t('duration'),
    fps: t('frame rate'),
    setting: t('setting'),
    timeOfDay: t('time of day'),
    location: t('location'),
    style: t('style'),
    styleKeywords: t('style'),
    backdrop: t('reference pictures'),
    characters: t('characters'),
    width: t('resolution'),
    height: t('resolution'),
    direct: t('words of the shot'),
    identity: t('words of the characters'),
    aesthetic: t('words of the style'),
    context: t('words of place and story'),
    beat: t('emotional beat'),
    negative: t('what must not be seen'),
    inputs: t('reference pictures'),
    pipeline: t('pipeline'),
  };
  return names[source] ?? source;
}
