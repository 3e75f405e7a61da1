import * as vscode from 'vscode';
import { fieldForms, formOf, fromText, type FieldForm, type NodeKind } from '../../core/domain/fieldForms.ts';
import { legible } from '../../core/domain/legible.ts';
import { AuteurError } from '../../core/errors.ts';
import type { FilmView } from '../../core/protocol/views.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import { executeCommand } from '../../providers/executeCommand.ts';
import { plainLabel } from '../../providers/plainText.ts';
import { fieldName } from './fieldNames.ts';
import { oneFilm, type PartNeeds } from './parts.ts';
import { shownValue } from './shownValue.ts';
import { checkTitle } from './shotLine.ts';
import { ask, back, askChoice, type Choice } from './steps.ts';

type Parts = readonly [PlaceRef, ...PlaceRef[]];

const kinds: readonly NodeKind[] = ['project', 'chapter', 'scene', 'shot'];

function kindOf({ address }: PlaceRef): NodeKind {
  return kinds[address === undefined || address === '' ? 0 : address.split('/').length] ?? 'shot';
}

/** The title of a chapter or scene, the words of a shot, the name of a film. */
export async function rename(needs: PartNeeds, part: PlaceRef): Promise<void> {
  const kind = kindOf(part);
  const name = kind === 'shot' ? 'description' : kind === 'project' ? 'name' : 'title';
  await askAndSet(needs, [part], { kind, name });
}

/** Asks which value, then for the value; the same one for all that are selected. */
export async function editValues(needs: PartNeeds, parts: readonly PlaceRef[]): Promise<void> {
  const [first, ...others] = parts;
  if (first === undefined) return;
  const kind = kindOf(first);
  if (others.some((part) => kindOf(part) !== kind))
    throw new AuteurError('nodes-mixed', { kinds: [...new Set(parts.map(kindOf))].join(', ') });
  const name = await chooseField(needs, kind, first);
  await askAndSet(needs, [first, ...others], { kind, name });
}

async function chooseField({ t, tree }: PartNeeds, kind: NodeKind, part: PlaceRef): Promise<string> {
  const node = await tree.find(part.root, part.address);
  const choices = Object.keys(fieldForms[kind]).map((name): Choice<string> => {
    const description = plainLabel(legible(node === undefined ? '' : shownValue(node, name)));
    return { label: fieldName(t, name), description, value: name };
  });
  return chosen(
    await askChoice({
      title: titleOf({ t }, part),
      placeholder: t('What do you want to change?'),
      choices,
      step: 1,
      totalSteps: 1,
    }),
  );
}

function titleOf({ t }: Pick<PartNeeds, 't'>, { address }: PlaceRef): string {
  return address === undefined ? t('Edit the Film') : t('Edit {address}', { address });
}

function chosen<T>(answer: T | typeof back): T {
  if (answer === back) throw new vscode.CancellationError();
  return answer;
}

async function askAndSet(
  needs: PartNeeds,
  parts: Parts,
  { kind, name }: { kind: NodeKind; name: string },
): Promise<void> {
  const { root, addresses } = oneFilm(
    parts.map(({ root: at, address }) => ({ root: at, address: address ?? '' })),
  );
  const node = await needs.tree.find(root, parts[0].address);
  const form = formOf(kind, name);
  const before = node === undefined ? '' : shownValue(node, name);
  if (form.form === 'lines' && before.includes('\n')) {
    // An input box has one line, and would lose the others.
    executeCommand('auteur.part.openFile', parts[0]);
    return;
  }
  const value = await askValue(needs, { part: parts[0], form, name, before });
  await needs.studio.edit(root, { kind: 'set', addresses, values: { [name]: value } });
}

interface ValueQuestion {
  readonly part: PlaceRef;
  readonly form: FieldForm;
  readonly name: string;
  readonly before: string;
}

async function askValue(needs: PartNeeds, question: ValueQuestion) {
  const { form, name, before, part } = question;
  const { t } = needs;
  switch (form.form) {
    case 'choice': {
      const none = form.required === true ? [] : [{ label: t('None'), value: null }];
      const choices = [...form.choices.map((value) => ({ label: value, value })), ...none];
      const placeholder = fieldName(t, name);
      const asked = { title: titleOf(needs, part), placeholder, choices, step: 1, totalSteps: 1 };
      return chosen(await askChoice<string | null>({ ...asked, chosen: before === '' ? null : before }));
    }
    case 'asset':
    case 'assets':
      return askAssets(needs, question, await needs.studio.film(part.root));
    default:
      return fromText(form, await askText(needs, question));
  }
}

function askText(needs: PartNeeds, { part, form, name, before }: ValueQuestion): Promise<string> {
  const { t } = needs;
  return ask({
    title: titleOf(needs, part),
    prompt: fieldName(t, name),
    placeholder: form.form === 'size' ? '1920x1080' : '',
    value: before,
    check: (value) => {
      if (name === 'title' || name === 'name') return checkTitle(t, value);
      return form.required === true && value.trim() === '' ? { problem: t('Write at least one word.') } : {};
    },
  });
}

async function askAssets({ t }: PartNeeds, { form, name, before }: ValueQuestion, film: FilmView) {
  if (form.form !== 'asset' && form.form !== 'assets') return null;
  const names = before.split(', ');
  const items = film.assets[form.category].map((asset) => ({
    label: plainLabel(legible(asset.name)),
    picked: names.includes(asset.name),
    id: asset.id,
  }));
  const placeHolder = fieldName(t, name);
  if (items.length === 0)
    throw new AuteurError('nothing-to-choose', { what: form.category, command: t('New Asset') });
  if (form.form === 'assets') {
    const many = await vscode.window.showQuickPick(items, {
      placeHolder,
      canPickMany: true,
      ignoreFocusOut: true,
    });
    if (many === undefined) throw new vscode.CancellationError();
    return many.length === 0 ? null : many.map(({ id }) => id);
  }
  const none = { label: t('None'), picked: false, id: null };
  const one = await vscode.window.showQuickPick([...items, none], { placeHolder, ignoreFocusOut: true });
  if (one === undefined) throw new vscode.CancellationError();
  return one.id;
}
