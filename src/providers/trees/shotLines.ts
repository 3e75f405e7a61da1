import { legible } from '../../core/domain/legible.ts';
import type { SceneSummary, ShotView } from '../../core/protocol/views.ts';
import type { Translate } from '../translate.ts';
import { sizeName } from './filmWords.ts';
import { framing, placeText } from './nodeText.ts';
import type { Worn } from './worn.ts';

export interface SaidShot {
  readonly view: ShotView;
  /** What holds where the shot says nothing else. */
  readonly scene: SceneSummary;
  readonly worn?: Worn | undefined;
}

/** What is decided of a shot, in the order of a slate; nothing of what is not. */
export function shotLines(t: Translate, said: SaidShot): readonly string[] {
  const { view, scene } = said;
  const { shot, names } = view;
  const lens = shot.lens === undefined ? undefined : t('{lens} mm lens', { lens: shot.lens });
  const length = shot.duration === undefined ? undefined : t('{seconds} s', { seconds: shot.duration });
  const size = shot.size === undefined ? undefined : sizeName(t, shot.size);
  const style = names.style ?? scene.style;
  const lines = [
    placeText(t, placeOf(said)),
    shot.description,
    [size, framing(t, view), lens, length].filter((part) => part !== undefined && part !== '').join(' · '),
    style === undefined ? undefined : t('Style: {name}', { name: legible(style) }),
    view.characters.length === 0 ? undefined : t('With {names}', { names: castText(said) }),
    shot.dialogue,
  ];
  return lines.filter((line) => line !== undefined).filter((line) => line !== '');
}

function placeOf({ view: { shot, names }, scene }: SaidShot): Parameters<typeof placeText>[1] {
  const setting = shot.setting ?? scene.setting;
  const location = names.location ?? scene.location;
  const timeOfDay = shot.timeOfDay ?? scene.timeOfDay;
  return {
    ...(setting === undefined ? {} : { setting }),
    ...(location === undefined ? {} : { location }),
    ...(timeOfDay === undefined ? {} : { timeOfDay }),
  };
}

/** Each with what they wear here. */
function castText({ view: { characters, shot }, worn }: SaidShot): string {
  const texts = characters.map((name, index) => {
    const variant = worn?.get(shot.characters?.[index] ?? '');
    return variant === undefined ? legible(name) : `${legible(name)} (${legible(variant)})`;
  });
  return texts.join(', ');
}
