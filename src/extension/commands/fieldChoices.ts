import type { FieldForm } from '../../core/domain/fieldForms.ts';
import { cameraAngles, cameraMovements, settings, timesOfDay } from '../../core/model/choices.ts';
import { angleName, movementName, settingName, sizeName, timeName } from '../../providers/trees/filmWords.ts';
import type { Translate } from '../../providers/translate.ts';
import { qualityChoices } from './projectChoices.ts';
import { sizes } from './shotLine.ts';
import type { Choice } from './steps.ts';

type ChoiceForm = Extract<FieldForm, { form: 'choice' }>;

/** What a field may be chosen from: as it stands in the file, with its words beside it; null where it may stay open. */
export function fieldChoices(
  t: Translate,
  name: string,
  form: Pick<ChoiceForm, 'choices' | 'required'>,
): readonly Choice<string | null>[] {
  const named = namedChoices(t, name) ?? form.choices.map((value) => ({ label: value, value }));
  return form.required === true ? named : [...named, { label: t('Not decided yet'), value: null }];
}

function namedChoices(t: Translate, name: string): readonly Choice<string>[] | undefined {
  switch (name) {
    case 'quality':
      return qualityChoices(t);
    case 'size':
      return worded(sizes, (size) => sizeName(t, size));
    case 'angle':
      return worded(cameraAngles, (angle) => angleName(t, angle));
    case 'movement':
      return worded(cameraMovements, (movement) => movementName(t, movement));
    case 'setting':
      return worded(settings, (setting) => settingName(t, setting));
    case 'timeOfDay':
      return worded(timesOfDay, (time) => timeName(t, time));
    default:
      return undefined;
  }
}

/** A word that says no more than the key would stand there twice. */
function worded<T extends string>(values: readonly T[], wordOf: (value: T) => string): readonly Choice<T>[] {
  return values.map((value) => {
    const word = wordOf(value);
    return word.toLowerCase() === value.toLowerCase()
      ? { label: value, value }
      : { label: value, description: word, value };
  });
}
