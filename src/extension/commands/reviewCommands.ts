import * as vscode from 'vscode';
import type { TakeName, Verdict } from '../../core/protocol/editRequest.ts';
import type { TakeRef } from '../../providers/contributions.ts';
import { starsText } from '../../providers/trees/takeWords.ts';
import { confirmDelete } from './confirmDelete.ts';
import { takesQuestion } from './deleteQuestion.ts';
import { noteQuestion } from './noteQuestion.ts';
import type { PartNeeds } from './parts.ts';
import { command, requireTrust, type Command } from './command.ts';
import { requireReadable } from './requireReadable.ts';
import { ask } from './steps.ts';
import { meantTakes, type MeantTakes, type SelectedPlaces } from './takes.ts';

/** What a director says of takes, one or several. */
export function reviewCommands(needs: PartNeeds): readonly Command[] {
  const { t } = needs;
  return [
    command(needs, 'auteur.take.rate', async (take, selected) => {
      const takes = await meant(needs, t('Rate'), { take, selected });
      await review(needs, takes, { rating: await askStars(needs) });
    }),
    command(needs, 'auteur.take.approve', async (take, selected) => {
      await review(needs, await meant(needs, t('Approve'), { take, selected }), { status: 'approved' });
    }),
    command(needs, 'auteur.take.reject', async (take, selected) => {
      await review(needs, await meant(needs, t('Reject'), { take, selected }), { status: 'rejected' });
    }),
    command(needs, 'auteur.take.clear', async (take, selected) => {
      await review(needs, await meant(needs, t('Clear Decision'), { take, selected }), { status: null });
    }),
    command(needs, 'auteur.take.note', async (take, selected) => {
      await note(needs, await meant(needs, t('Note'), { take, selected }));
    }),
    command(needs, 'auteur.take.deactivate', async (take, selected) => {
      const { root, views } = await meant(needs, t('Unset Active Take'), { take, selected });
      const addresses = [...new Set(views.map(({ address }) => address))];
      await needs.studio.edit(root, { kind: 'deactivateTake', addresses });
    }),
    command(needs, 'auteur.take.delete', async (take, selected) => {
      await deleteTakes(needs, await meant(needs, t('Delete Take'), { take, selected }));
    }),
  ];
}

/** Decisions are written into the film. */
function meant(
  needs: PartNeeds,
  title: string,
  which: { take: TakeRef | undefined; selected: SelectedPlaces | undefined },
): Promise<MeantTakes> {
  requireTrust();
  return meantTakes(needs, title, which);
}

function namesOf({ views }: MeantTakes): TakeName[] {
  return views.map(({ address, id }) => ({ address, take: id }));
}

async function review({ studio }: PartNeeds, takes: MeantTakes, verdict: Verdict): Promise<void> {
  await studio.edit(takes.root, { kind: 'reviewTakes', takes: namesOf(takes), review: verdict });
}

async function askStars({ t }: PartNeeds): Promise<number> {
  const items = [5, 4, 3, 2, 1].map((stars) => ({ label: starsText(stars), stars }));
  const none = { label: t('No stars'), stars: 0 };
  const chosen = await vscode.window.showQuickPick([...items, none], { placeHolder: t('How good is it?') });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen.stars;
}

async function note(needs: PartNeeds, takes: MeantTakes): Promise<void> {
  await requireReadable(needs, ...takes.views.map(({ address }) => ({ root: takes.root, address })));
  const text = await ask(noteQuestion(needs.t, takes.views));
  await review(needs, takes, { note: text.trim() === '' ? null : text.trim() });
}

async function deleteTakes({ t, studio }: PartNeeds, takes: MeantTakes): Promise<void> {
  const { root, views } = takes;
  if (!(await confirmDelete(t, takesQuestion(t, views)))) return;
  const deactivate = views.some(({ shown }) => shown === 'active');
  await studio.edit(root, { kind: 'deleteTakes', takes: namesOf(takes), deactivate });
}
