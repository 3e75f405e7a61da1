import * as vscode from 'vscode';
import type { TakeName, Verdict } from '../../core/protocol/editRequest.ts';
import type { TakeView } from '../../core/protocol/views.ts';
import type { TakeRef } from '../../providers/contributions.ts';
import { plainMessage } from '../../providers/plainText.ts';
import { starsText } from '../../providers/trees/takeWords.ts';
import { chooseTake } from './choosePlace.ts';
import type { PartNeeds } from './parts.ts';
import { registerCommand, requireTrust } from './registerCommand.ts';
import { ask } from './steps.ts';

type Selected = readonly (TakeRef | { readonly root: string })[];

/** What a director says of takes, one or several. */
export function registerReviewCommands(needs: PartNeeds): readonly vscode.Disposable[] {
  const { t } = needs;
  return [
    registerCommand(needs, 'auteur.take.rate', async (take, selected) => {
      const takes = await meant(needs, t('Rate'), { take, selected });
      await review(needs, takes, { rating: await askStars(needs) });
    }),
    registerCommand(needs, 'auteur.take.approve', async (take, selected) => {
      await review(needs, await meant(needs, t('Approve'), { take, selected }), { status: 'approved' });
    }),
    registerCommand(needs, 'auteur.take.reject', async (take, selected) => {
      await review(needs, await meant(needs, t('Reject'), { take, selected }), { status: 'rejected' });
    }),
    registerCommand(needs, 'auteur.take.clear', async (take, selected) => {
      await review(needs, await meant(needs, t('Clear Decision'), { take, selected }), { status: null });
    }),
    registerCommand(needs, 'auteur.take.note', async (take, selected) => {
      await note(needs, await meant(needs, t('Note'), { take, selected }));
    }),
    registerCommand(needs, 'auteur.take.delete', async (take, selected) => {
      await deleteTakes(needs, await meant(needs, t('Delete Take'), { take, selected }));
    }),
  ];
}

interface Takes {
  readonly root: string;
  readonly views: readonly [TakeView, ...TakeView[]];
}

function isTake(place: TakeRef | { readonly root: string }): place is TakeRef {
  return 'takeId' in place;
}

/** What was clicked with the selection it is part of; from the keyboard the selection; else the user is asked. */
async function meant(
  needs: PartNeeds,
  title: string,
  { take, selected }: { take: TakeRef | undefined; selected: Selected | undefined },
): Promise<Takes> {
  requireTrust();
  const around: Selected = take === undefined ? needs.tree.selection : (selected ?? []);
  const chosen = around.filter(isTake);
  const isPart = take === undefined || chosen.some((one) => one.takeId === take.takeId);
  const refs = isPart && chosen.length > 0 ? chosen : [take ?? (await chooseTake(needs, title))];
  const [first] = refs;
  const { root } = first ?? { root: '' };
  const views = (
    await Promise.all(refs.filter((one) => one.root === root).map((one) => viewOf(needs, one)))
  ).flat();
  const [one, ...others] = views;
  if (one === undefined) throw new vscode.CancellationError();
  return { root, views: [one, ...others] };
}

async function viewOf(
  { studio }: PartNeeds,
  { root, shotId, takeId }: TakeRef,
): Promise<readonly TakeView[]> {
  return (await studio.takes(root, shotId)).filter(({ id }) => id === takeId);
}

function namesOf({ views }: Takes): TakeName[] {
  return views.map(({ address, id }) => ({ address, take: id }));
}

async function review({ studio }: PartNeeds, takes: Takes, verdict: Verdict): Promise<void> {
  await studio.edit(takes.root, { kind: 'reviewTakes', takes: namesOf(takes), review: verdict });
}

async function askStars({ t }: PartNeeds): Promise<number> {
  const items = [5, 4, 3, 2, 1].map((stars) => ({ label: starsText(stars), stars }));
  const none = { label: t('No stars'), stars: 0 };
  const chosen = await vscode.window.showQuickPick([...items, none], { placeHolder: t('How good is it?') });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen.stars;
}

async function note(needs: PartNeeds, takes: Takes): Promise<void> {
  const { t } = needs;
  const text = await ask({
    title: t('Note'),
    prompt: t('What is to be said of it? An empty note is taken away.'),
    placeholder: '',
    value: takes.views[0].review?.note ?? '',
    check: () => ({}),
  });
  await review(needs, takes, { note: text.trim() === '' ? null : text.trim() });
}

async function deleteTakes({ t, studio }: PartNeeds, takes: Takes): Promise<void> {
  const { root, views } = takes;
  const [{ number, address }] = views;
  const question =
    views.length === 1
      ? t('Delete take {number} of shot {address}?', { number, address })
      : t('Delete these {count} takes?', { count: views.length });
  const detail = t('Their numbers are never given again. Undo Edit brings the pictures back.');
  const yes = t('Delete');
  const answer = await vscode.window.showWarningMessage(plainMessage(question), { modal: true, detail }, yes);
  if (answer !== yes) return;
  const deactivate = views.some(({ shown }) => shown === 'active');
  await studio.edit(root, { kind: 'deleteTakes', takes: namesOf(takes), deactivate });
}
