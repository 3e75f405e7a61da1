import * as vscode from 'vscode';
import { AuteurError } from '../../core/errors.ts';
import { slateCode } from '../../core/model/address.ts';
import type { TakeView } from '../../core/protocol/views.ts';
import type { PlaceRef, TakeRef } from '../../providers/contributions.ts';
import { plainMessage } from '../../providers/plainText.ts';
import { gapSentence } from '../../providers/views/takePageContent.ts';
import type { TakePages } from '../../providers/views/takePageView.ts';
import { shotsToRemake } from '../../runner/shotsToRemake.ts';
import { chooseShot } from './choosePlace.ts';
import { mostShown } from './firstFew.ts';
import { placesInFilm, type PartNeeds } from './parts.ts';
import { command, requireTrust, type Command } from './command.ts';
import { remakeQuestion } from './remakeQuestion.ts';
import { shownTitle } from './shownTitle.ts';
import { takePage } from './takePages.ts';
import { meantTakes } from './takes.ts';

export type RecipeNeeds = PartNeeds & { readonly pages: TakePages };

/** How takes were made and would be made, side by side or again. */
export function recipeCommands(needs: RecipeNeeds): readonly Command[] {
  const { t } = needs;
  return [
    command(needs, 'auteur.take.showRecipe', async (take) => {
      const { root, views } = await meantTakes(needs, t('How Was This Made'), { take });
      for (const one of views) await showRecipe(needs, root, one);
    }),
    command(needs, 'auteur.take.compare', async (take, selected) => {
      const { root, views } = await meantTakes(needs, t('Compare Takes'), { take, selected });
      const [one, other] = views;
      if (other === undefined || views.length !== 2)
        throw new AuteurError('compare-two', { count: views.length });
      await compare(needs, root, [one, other]);
    }),
    command(needs, 'auteur.take.compareWithShown', async (take) => {
      const { root, views } = await meantTakes(needs, t('Compare with Active'), {
        take,
        selected: undefined,
      });
      const [one] = views;
      const shown = (await needs.studio.takes(root, one.shotId)).find((other) => other.shown !== undefined);
      if (shown === undefined || shown.id === one.id) throw new AuteurError('compare-two', { count: 1 });
      await compare(needs, root, [shown, one]);
    }),
    command(needs, 'auteur.take.regenerate', async (take) => {
      requireTrust();
      const title = t('Regenerate with the Same Recipe');
      const { root, views } = await meantTakes(needs, title, { take });
      for (const one of views) await regenerate(needs, root, one);
    }),
    command(needs, 'auteur.shot.previewPrompt', async (shot) => {
      const place = shot ?? (await chooseShot(needs, t('Preview Prompt')));
      await previewPrompt(needs, place);
    }),
    command(needs, 'auteur.part.showPlan', async (place, selected) => {
      requireTrust();
      const chosen = place ?? (await chooseShot(needs, t('Show What Would Run')));
      const { root, addresses } = placesInFilm(chosen, selected);
      needs.pages.show(await takePage(needs, { about: 'plan', root, addresses: [...addresses] }));
    }),
    command(needs, 'auteur.part.regenerateStale', async (place, selected) => {
      requireTrust();
      await regenerateStale(needs, place, selected);
    }),
  ];
}

function ofTake({ shotId, id }: TakeView): Pick<TakeRef, 'shotId' | 'takeId'> {
  return { shotId, takeId: id };
}

async function showRecipe(needs: RecipeNeeds, root: string, take: TakeView): Promise<void> {
  needs.pages.show(await takePage(needs, { about: 'recipe', root, take: ofTake(take) }));
}

async function compare(
  needs: RecipeNeeds,
  root: string,
  [one, other]: readonly [TakeView, TakeView],
): Promise<void> {
  const takes = [ofTake(one), ofTake(other)] as const;
  needs.pages.show(await takePage(needs, { about: 'compare', root, takes: [...takes] }));
}

/** Where something of the recipe is not as it was, that is asked first. */
async function regenerate(needs: RecipeNeeds, root: string, take: TakeView): Promise<void> {
  const { t, studio, tree } = needs;
  const { gaps } = await studio.recipe(root, take.address, take.id);
  if (gaps.length > 0) {
    const yes = t('Generate Anyway');
    const question = t('Take {number} of shot {address} cannot be made again exactly as it was.', {
      number: slateCode(take.number),
      address: take.address,
    });
    const detail = gaps.map((gap) => gapSentence(t, gap)).join('\n');
    const answer = await vscode.window.showWarningMessage(
      plainMessage(question),
      { modal: true, detail },
      yes,
    );
    if (answer !== yes) throw new vscode.CancellationError();
  }
  await tree.expectTake({ root, address: take.address });
  const recipe = { take: take.id, anyway: gaps.length > 0 };
  await studio.generate({ root, addresses: [take.address], recipe });
}

async function previewPrompt(needs: RecipeNeeds, { root, address = '' }: PlaceRef): Promise<void> {
  needs.pages.show(await takePage(needs, { about: 'prompt', root, address }));
}

/** One new take for each shot among the places whose shown take is stale. */
async function regenerateStale(
  needs: RecipeNeeds,
  place: PlaceRef | undefined,
  selected: readonly PlaceRef[] | undefined,
): Promise<void> {
  const { t, studio, tree } = needs;
  const chosen = place ?? (await chooseShot(needs, t('Regenerate Stale')));
  const { root, addresses } = placesInFilm(chosen, selected);
  const where = addresses.length === 0 ? t('the film') : addresses.join(', ');
  const shots = shotsToRemake(await studio.staleShots(root, addresses), where);
  const shown = shots.slice(0, mostShown);
  const nodes = await Promise.all(shown.map(({ address }) => tree.find(root, address)));
  const { question, detail } = remakeQuestion(t, shots, nodes.map(shownTitle));
  const yes = t('Generate');
  if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) !== yes)
    throw new vscode.CancellationError();
  // Asked as such: those that another window has asked for meanwhile are left out.
  await studio.generate({ root, addresses: shots.map(({ address }) => address), stale: true });
}
