import * as vscode from 'vscode';
import { formOf, fromText } from '../../core/domain/fieldForms.ts';
import type { ProjectSummary } from '../../core/protocol/views.ts';
import type { Translate } from '../../providers/translate.ts';
import { checkValue } from './checkValue.ts';
import { fieldName } from './fieldNames.ts';
import type { PartNeeds } from './parts.ts';
import { qualityChoices } from './projectChoices.ts';
import { ask, back, askChoice, type Choice } from './steps.ts';

const settingNames = ['quality', 'fps', 'resolution', 'aspectRatio'] as const;
type SettingName = (typeof settingNames)[number];

/** What is usual, by setting; everything else can be typed. */
const usual: Readonly<
  Record<Exclude<SettingName, 'quality'>, readonly (readonly [value: string, word: string])[]>
> = {
  fps: [
    ['24', '24'],
    ['24000/1001', '23.976'],
    ['25', '25'],
    ['30', '30'],
    ['30000/1001', '29.97'],
    ['48', '48'],
    ['50', '50'],
    ['60', '60'],
  ],
  resolution: [
    ['1920x1080', 'Full HD'],
    ['1280x720', 'HD'],
    ['2048x1080', 'DCI 2K'],
    ['3840x2160', 'UHD'],
    ['4096x2160', 'DCI 4K'],
    ['1080x1920', '9:16'],
  ],
  aspectRatio: [
    ['16:9', '1.78'],
    ['1.85:1', '1.85'],
    ['2.39:1', '2.39'],
    ['4:3', '1.33'],
    ['1:1', '1.00'],
    ['9:16', '0.56'],
  ],
};

/** Asks which setting, shown with what it is now, then for its value. */
export async function editSettings({ t, studio }: PartNeeds, root: string): Promise<void> {
  const { project } = await studio.film(root);
  const title = t('Project Settings');
  const choices = settingNames.map((name): Choice<SettingName> => ({
    label: fieldName(t, name),
    description: now(project, name),
    value: name,
  }));
  const placeholder = t('What do you want to change?');
  const name = chosen(await askChoice({ title, placeholder, choices, step: 1, totalSteps: 1 }));
  const typed = await askValue(t, name, now(project, name));
  const values = { [name]: fromText(formOf('project', name), typed) };
  await studio.edit(root, { kind: 'set', addresses: [''], values });
}

function now({ quality, settings }: ProjectSummary, name: SettingName): string {
  if (name === 'quality') return quality ?? '';
  if (settings === undefined) return '';
  return name === 'resolution' ? settings.resolution.join('x') : String(settings[name]);
}

function chosen<T>(answer: T | typeof back): T {
  if (answer === back) throw new vscode.CancellationError();
  return answer;
}

async function askValue(t: Translate, name: SettingName, current: string): Promise<string> {
  const title = t('Project Settings');
  const question = { title, placeholder: fieldName(t, name), step: 1, totalSteps: 1 };
  if (name === 'quality')
    return chosen(await askChoice<string>({ ...question, choices: qualityChoices(t), chosen: current }));
  const known = usual[name].map(([value, word]): Choice<string> => ({
    label: value,
    description: word,
    value,
  }));
  const choices = [...known, { label: t('Another value…'), value: '' }];
  const value = chosen(await askChoice({ ...question, choices, chosen: current }));
  if (value !== '') return value;
  return ask({
    title,
    prompt: fieldName(t, name),
    placeholder: usual[name][0]?.[0] ?? '',
    value: current,
    check: (text) => checkValue(t, 'project', name, text),
  });
}
