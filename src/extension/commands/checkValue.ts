import { fitsForm, formOf, fromText, type NodeKind } from '../../core/domain/fieldForms.ts';
import type { Translate } from '../../providers/translate.ts';
import type { Checked } from './checked.ts';
import { checkTitle } from './shotLine.ts';

/** What is wrong with a value as it is typed for a field. */
export function checkValue(t: Translate, kind: NodeKind, name: string, typed: string): Checked {
  if (name === 'title' || name === 'name') return checkTitle(t, typed);
  const form = formOf(kind, name);
  if (form.required === true && typed.trim() === '')
    return { problem: wantedOf(t, name) ?? t('Write at least one word.') };
  return fitsForm(form, fromText(form, typed)) ? {} : { problem: wantedOf(t, name) ?? '' };
}

function wantedOf(t: Translate, name: string): string | undefined {
  const wanted: Readonly<Record<string, string>> = {
    fps: t('Write a number such as 24, or a fraction such as 24000/1001, from 1 to 1000.'),
    resolution: t('Write width and height in pixels such as 1920x1080, each from 16 to 16384.'),
    aspectRatio: t('Write width to height such as 16:9 or 2.39:1, from 1:10 to 10:1.'),
    lens: t('Write a number of millimetres from 1 to 2000, such as 35 or 35 mm.'),
    duration: t('Write a number of seconds, more than 0 and at most 86400, such as 4 or 4 s.'),
  };
  return wanted[name];
}
