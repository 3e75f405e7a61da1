import { legible } from '../../core/domain/legible.ts';
import type { Quality } from '../../core/model/quality.ts';
import type { ShotSize } from '../../core/model/shotList.ts';
import type { StructureList } from '../../core/protocol/structureView.ts';
import { plainLabel } from '../../providers/plainText.ts';
import { sizeName } from '../../providers/trees/filmWords.ts';
import type { Translate } from '../../providers/translate.ts';
import { sizes } from './shotLine.ts';
import type { Choice } from './steps.ts';

export function qualityChoices(t: Translate): readonly Choice<Quality>[] {
  return [
    {
      label: t('Low'),
      description: t('fast iteration and previz'),
      detail: t('Drafts on a 12 GB card; without one, drawn storyboard panels.'),
      value: 'low',
    },
    {
      label: t('Standard'),
      description: t('production'),
      detail: t('The usual choice on a 16 GB card; without one, drawn storyboard panels.'),
      value: 'standard',
    },
    {
      label: t('High'),
      description: t('final renders'),
      detail: t('The best pictures, on a 24 GB card; without one, drawn storyboard panels.'),
      value: 'high',
    },
  ];
}

/** The structures everybody has, in the words of the user's language, and those of the library. */
export function structureChoices(
  t: Translate,
  { structures }: Pick<StructureList, 'structures'>,
): readonly Choice<string>[] {
  const own = structures.filter(({ file }) => file !== undefined);
  const chosen = own.map(({ id, name, description, chapters }) => ({
    label: plainLabel(legible(name)),
    description: id,
    detail: plainLabel(legible(description ?? chapters.join(' · '))),
    value: id,
  }));
  return [...builtInStructures(t), ...chosen];
}

function builtInStructures(t: Translate): readonly Choice<string>[] {
  return [
    {
      label: t('Three acts'),
      description: 'three-act',
      detail: t('Setup, confrontation, resolution, with two turning points.'),
      value: 'three-act',
    },
    {
      label: t("Hero's journey"),
      description: 'hero-journey',
      detail: t('Departure, initiation and return, from the call to adventure to the elixir.'),
      value: 'hero-journey',
    },
    {
      label: t('Beat sheet'),
      description: 'beat-sheet',
      detail: t('Thesis, antithesis and synthesis in fifteen beats.'),
      value: 'beat-sheet',
    },
    {
      label: t('Story circle'),
      description: 'story-circle',
      detail: t('Eight steps: out of the known world, and back again, changed.'),
      value: 'story-circle',
    },
  ];
}

/** The sizes of a shot, and the choice to leave it open. */
export function sizeChoices(t: Translate): readonly Choice<ShotSize | undefined>[] {
  const named = sizes.map((size) => ({ label: size, description: sizeName(t, size), value: size }));
  return [...named, { label: t('Not decided yet'), value: undefined }];
}
