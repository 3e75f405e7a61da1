import type { Translate } from '../../providers/translate.ts';

/** What a field is called where it is filled in. */
export function fieldName(t: Translate, name: string): string {
  const names: Readonly<Record<string, string>> = {
    name: t('Name'),
    title: t('Title'),
    synopsis: t('Synopsis'),
    quality: t('Quality'),
    fps: t('Frames a second'),
    resolution: t('Resolution'),
    aspectRatio: t('Aspect ratio'),
    style: t('Style'),
    description: t('What is seen'),
    size: t('Shot size'),
    angle: t('Camera angle'),
    movement: t('Camera movement'),
    lens: t('Lens (mm)'),
    duration: t('Length (seconds)'),
    characters: t('Characters'),
    location: t('Location'),
    setting: t('INT or EXT'),
    timeOfDay: t('Time of day'),
    dialogue: t('Dialogue'),
    note: t('Note'),
  };
  return names[name] ?? name;
}
