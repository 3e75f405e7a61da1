import { AuteurError } from '../errors.ts';
import {
  cameraAngles,
  cameraMovements,
  qualities,
  settings,
  shotSizes,
  timesOfDay,
} from '../model/choices.ts';
import { isAspectRatio, isDuration, isFrameRate, isLens, isSide } from '../model/settingValues.ts';

export type NodeKind = 'project' | 'chapter' | 'scene' | 'shot';
type Category = 'characters' | 'locations' | 'styles' | 'music';

/** How a value is typed: by whoever fills in a form, or behind the equals sign of a command. */
type Form =
  | { readonly form: 'text' }
  /** Text that may have several lines. */
  | { readonly form: 'lines' }
  /** The unit it is counted in may stand behind it. */
  | {
      readonly form: 'number';
      readonly units: readonly string[];
      readonly fits: (value: number) => boolean;
    }
  | { readonly form: 'choice'; readonly choices: readonly string[] }
  /** By name or id. */
  | { readonly form: 'asset'; readonly category: Category }
  /** Several, with commas. */
  | { readonly form: 'assets'; readonly category: Category }
  /** Width and height, `1920x1080`. */
  | { readonly form: 'size' }
  /** A number or a fraction. */
  | { readonly form: 'rate' }
  /** Width to height, `16:9`. */
  | { readonly form: 'ratio' };

export type FieldForm = Form & { readonly required?: true };

const text = { form: 'text', required: true } as const;
const lines = { form: 'lines' } as const;
const number = (fits: (value: number) => boolean, units: readonly string[]) =>
  ({ form: 'number', fits, units }) as const;
const millimetres = ['mm', 'millimetre', 'millimetres', 'millimeter', 'millimeters'];
const seconds = ['s', 'sec', 'secs', 'second', 'seconds'];
const choice = (choices: readonly string[]) => ({ form: 'choice', choices }) as const;
const asset = (category: Category) => ({ form: 'asset', category }) as const;

const place = {
  location: asset('locations'),
  setting: choice(settings),
  timeOfDay: choice(timesOfDay),
  style: asset('styles'),
} as const;

/** What can be set of each kind of node. */
export const fieldForms = {
  project: {
    name: text,
    quality: { ...choice(qualities), required: true },
    fps: { form: 'rate', required: true },
    resolution: { form: 'size', required: true },
    aspectRatio: { form: 'ratio', required: true },
    style: asset('styles'),
  },
  chapter: { title: text, synopsis: lines },
  scene: { title: text, synopsis: lines, ...place },
  shot: {
    description: { ...lines, required: true },
    size: choice(shotSizes),
    angle: choice(cameraAngles),
    movement: choice(cameraMovements),
    lens: number(isLens, millimetres),
    duration: number(isDuration, seconds),
    characters: { form: 'assets', category: 'characters' },
    ...place,
    dialogue: lines,
    note: lines,
  },
} as const satisfies Record<NodeKind, Record<string, FieldForm>>;

/** @throws AuteurError `field-unknown` */
export function formOf(kind: NodeKind, name: string): FieldForm {
  const forms: Readonly<Record<string, FieldForm>> = fieldForms[kind];
  const found = Object.hasOwn(forms, name) ? forms[name] : undefined;
  if (found !== undefined) return found;
  throw new AuteurError('field-unknown', { kind, name, known: Object.keys(forms).join(', ') });
}

/** As a value crosses to the store; null takes it away. */
export type TypedValue = string | number | string[] | number[] | null;

/** What a typed text means for a field; empty takes the value away. */
export function fromText(field: FieldForm, typed: string): TypedValue {
  if (typed.trim() === '') return null;
  switch (field.form) {
    case 'text':
    case 'lines':
    case 'asset':
    case 'assets':
      return typed;
    case 'number':
      return measureOr(typed, field.units);
    case 'choice':
      return field.choices.find((one) => one.toLowerCase() === typed.trim().toLowerCase()) ?? typed;
    case 'size':
      return sidesOr(typed);
    case 'rate':
      return typed.includes('/') ? typed.trim() : numberOr(typed);
    case 'ratio':
      return typed.trim();
  }
}

/** Whether a field of numbers can be that; of others nobody can say without the film. */
export function fitsForm(field: FieldForm, value: TypedValue): boolean {
  if (value === null) return field.required !== true;
  switch (field.form) {
    case 'number':
      return typeof value === 'number' && field.fits(value);
    case 'size':
      return Array.isArray(value) && value.length === 2 && value.every(isSide);
    case 'rate':
      return !Array.isArray(value) && isFrameRate(value);
    case 'ratio':
      return typeof value === 'string' && isAspectRatio(value);
    default:
      return true;
  }
}

/** A value as it is typed. */
export function asTyped(field: FieldForm, value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || value.some((one) => typeof one === 'object')) return JSON.stringify(value);
  return value.map(String).join(field.form === 'size' ? 'x' : ', ');
}

function sidesOr(typed: string): number[] | string {
  const sides = typed.split(/[x×*]/i).map(numberOr);
  return sides.every((side) => typeof side === 'number') ? sides : typed;
}

/** `35 mm` where that is the unit; what has another is no number. */
function measureOr(typed: string, units: readonly string[]): number | string {
  const [, amount = '', unit = ''] = /^(.*[\d.])\s*([a-z]+)\.?$/i.exec(typed.trim()) ?? [];
  if (!units.includes(unit.toLowerCase())) return numberOr(typed);
  const number = numberOr(amount);
  return typeof number === 'number' ? number : typed;
}

/** What is no number is refused by name, with the words that were typed. */
function numberOr(typed: string): number | string {
  const number = typed.trim() === '' ? Number.NaN : Number(typed);
  return Number.isFinite(number) ? number : typed;
}
