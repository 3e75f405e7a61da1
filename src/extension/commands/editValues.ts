import * as vscode from 'vscode';
import { fieldForms, formOf, fromText, type FieldForm, type NodeKind } from '../../core/domain/fieldForms.ts';
import { legible } from '../../core/domain/legible.ts';
import type { PlaceRef } from '../../providers/contributions.ts';
import { executeCommand } from '../../providers/executeCommand.ts';
import { plainLabel } from '../../providers/plainText.ts';
import { askAssets } from './askAssets.ts';
import { checkValue } from './checkValue.ts';
import { fieldChoices } from './fieldChoices.ts';
import { fieldName } from './fieldNames.ts';
import { kindOf, oneFilm, requireOneKind, type PartNeeds } from './parts.ts';
import { requireReadable } from './requireReadable.ts';
import { shownIds, shownValue } from './shownValue.ts';
import { ask, back, askChoice, type Choice } from './steps.ts';

type Parts = readonly [PlaceRef, ...PlaceRef[]];

/** The title of a chapter or scene, the words of a shot, the name of a film. */
export async function rename(needs: PartNeeds, part: PlaceRef): Promise<void> {
  const kind = kindOf(part);
  const name = kind === 'shot' ? 'description' : kind === 'project' ? 'name' : 'title';
  await requireReadable(needs, part);
  await askAndSet(needs, [part], { kind, name });
}

/** Asks which value, then for the value; the same one for all that are selected. */
export async function editValues(needs: PartNeeds, parts: readonly PlaceRef[]): Promise<void> {
  const [first, ...others] = parts;
  if (first === undefined) return;
  const kind = kindOf(first);
  requireOneKind(parts);
  await requireReadable(needs, ...parts);
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
  const value = await askValue(needs, {
    part: parts[0],
    form,
    name,
    before,
    ids: node === undefined ? [] : shownIds(node, name),
  });
  await needs.studio.edit(root, { kind: 'set', addresses, values: { [name]: value } });
}

interface ValueQuestion {
  readonly part: PlaceRef;
  readonly form: FieldForm;
  readonly name: string;
  readonly before: string;
  /** Of assets, which the names in `before` belong to. */
  readonly ids: readonly string[];
}

async function askValue(needs: PartNeeds, question: ValueQuestion) {
  const { form, name, before, part } = question;
  const { t } = needs;
  switch (form.form) {
    case 'choice': {
      const choices = fieldChoices(t, name, form);
      const placeholder = fieldName(t, name);
      const asked = { title: titleOf(needs, part), placeholder, choices, step: 1, totalSteps: 1 };
      return chosen(await askChoice<string | null>({ ...asked, chosen: before === '' ? null : before }));
    }
    case 'asset':
    case 'assets':
      return askAssets(needs, {
        root: part.root,
        title: titleOf(needs, part),
        placeHolder: fieldName(t, name),
        form,
        ids: question.ids,
      });
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
    check: (value) => checkValue(t, kindOf(part), name, value),
  });
}
