import path from 'node:path';
import type * as vscode from 'vscode';
import { AuteurError, unexpected } from '../../core/errors.ts';
import { slateCode } from '../../core/model/address.ts';
import { KeptTakePage, type TakePageAction, type TakePageRef } from '../../core/protocol/takePage.ts';
import type { RecipeView } from '../../core/protocol/recipe.ts';
import type { TakeView } from '../../core/protocol/views.ts';
import type { TakeRef } from '../../providers/contributions.ts';
import { failureText } from '../../providers/errorText.ts';
import { executeCommand } from '../../providers/executeCommand.ts';
import { comparePage, promptPage, recipePage, sentencePage } from '../../providers/views/takePageContent.ts';
import { planPage } from '../../providers/views/planPage.ts';
import type { ShownTakePage, TakePages } from '../../providers/views/takePageView.ts';
import type { PartNeeds } from './parts.ts';
import { findTake } from './takes.ts';

type Needs = Pick<PartNeeds, 't' | 'studio' | 'projects'>;
type About<Kind> = Extract<TakePageRef, { about: Kind }>;

/**
 * What a page shows of what it is about.
 * @throws what reading it throws
 */
export function takePage(needs: Needs, about: TakePageRef): Promise<ShownTakePage> {
  switch (about.about) {
    case 'recipe':
      return recipe(needs, about);
    case 'compare':
      return comparison(needs, about);
    case 'prompt':
      return prompt(needs, about);
    case 'plan':
      return plan(needs, about);
  }
}

/** A page of an earlier window comes back; where its take or film is gone, it says so until they are there again. */
export async function restoreTakePage(
  needs: Needs & { readonly pages: TakePages },
  panel: vscode.WebviewPanel,
  state: unknown,
): Promise<void> {
  const kept = KeptTakePage.safeParse(state);
  if (!kept.success) {
    // The window was gone before the page knew what it is about.
    panel.dispose();
    return;
  }
  needs.pages.fill(panel, restored(needs, kept.data.page, panel.title));
}

/** Reads what it is about as soon as it can, and again whenever something of the film has changed. */
function restored(needs: Needs, about: TakePageRef, title: string): ShownTakePage {
  let found: ShownTakePage | undefined;
  const read = async (): Promise<ShownTakePage> => {
    await requireListed(needs, about.root);
    return takePage(needs, about);
  };
  return {
    about,
    title,
    // Which of its pictures it will show is not known yet.
    files: [path.join(about.root, '03_Renders', 'any')],
    content: async (content) => {
      try {
        found ??= await read();
        return await found.content(content);
      } catch (error) {
        const { code, data } = unexpected(error);
        const isGone = code === 'take-unknown' || code === 'address-unknown';
        return sentencePage(content, title, failureText(needs.t, isGone ? 'page-take-gone' : code, data));
      }
    },
    act: (action) => found?.act(action),
  };
}

/** A page may name any folder: only those of films that this window shows are read for it. */
async function requireListed({ projects }: Needs, root: string): Promise<void> {
  if (!(await projects.list()).some((project) => project.root === root))
    throw new AuteurError('page-film-closed');
}

async function recipe({ t, studio }: Needs, about: About<'recipe'>): Promise<ShownTakePage> {
  const { root, take } = about;
  const read = recipeReader(studio, { root, ...take });
  const first = await read();
  const next = startingWith(first, read);
  const { number, address, path: file } = first.view;
  return {
    about,
    title: t('Take {number} of {address}', { number: slateCode(number), address }),
    files: [file],
    content: async (content) => recipePage(content, await next()),
    act: (action) => {
      act(action, { root, ...take });
    },
  };
}

async function comparison({ studio }: Needs, about: About<'compare'>): Promise<ShownTakePage> {
  const { root, takes } = about;
  const [one, other] = takes.map((take) => recipeReader(studio, { root, ...take }));
  if (one === undefined || other === undefined) throw new AuteurError('compare-two', { count: 1 });
  const read = async () => [await one(), await other()] as const;
  const recipes = await read();
  const next = startingWith(recipes, read);
  const code = ({ address, number }: TakeView): string => `${address} ${slateCode(number)}`;
  return {
    about,
    title: recipes.map(({ view }) => code(view)).join(' ↔ '),
    files: recipes.map(({ view }) => view.path),
    content: async (content) => comparePage(content, await next()),
    act: () => undefined,
  };
}

async function prompt({ t, studio }: Needs, about: About<'prompt'>): Promise<ShownTakePage> {
  const { root, address } = about;
  const read = () => studio.prompt(root, address);
  const first = await read();
  const next = startingWith(first, read);
  return {
    about,
    title: t('Prompt of {address}', { address: first.address }),
    files: [],
    content: async (content) => promptPage(content, await next()),
    act: () => undefined,
  };
}

async function plan({ t, studio }: Needs, about: About<'plan'>): Promise<ShownTakePage> {
  const { root, addresses } = about;
  const read = () => studio.planTakes({ root, addresses });
  const next = startingWith(await read(), read);
  const where = addresses.length === 0 ? t('the film') : addresses.join(', ');
  return {
    about,
    title: t('What Would Run: {where}', { where }),
    files: [],
    content: async (content) => planPage(content, where, await next()),
    act: () => undefined,
  };
}

/** The first reading, which tells what is wrong, is also what is shown first. */
function startingWith<T>(first: T, read: () => Promise<T>): () => Promise<T> {
  let next: (() => Promise<T>) | undefined = () => Promise.resolve(first);
  return () => {
    const reading = next ?? read;
    next = undefined;
    return reading();
  };
}

/** Reads the recipe of a take wherever its shot is by then. */
function recipeReader(studio: Needs['studio'], take: TakeRef): () => Promise<RecipeView> {
  return async () => {
    const { address } = await findTake({ studio }, take);
    return studio.recipe(take.root, address, take.takeId);
  };
}

function act(action: TakePageAction, take: TakeRef): void {
  const commands = {
    regenerate: 'auteur.take.regenerate',
    open: 'auteur.take.open',
    activate: 'auteur.take.activate',
  } as const;
  executeCommand(commands[action], take);
}
