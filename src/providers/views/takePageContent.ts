import { legible, legibleLines } from '../../core/domain/legible.ts';
import { isVideo } from '../../core/domain/sniffMedia.ts';
import { slateCode } from '../../core/model/address.ts';
import type { PromptPart, PromptSource } from '../../core/model/prompt.ts';
import type { RecipeGap, RecipeView, ShotPrompt } from '../../core/protocol/recipe.ts';
import type {
  FactRow,
  PagePicture,
  PageSection,
  PromptWords,
  TakePage,
  TakePageRef,
} from '../../core/protocol/takePage.ts';
import { qualityName, statusOfMedia } from '../trees/filmWords.ts';
import { measureWords } from '../trees/takeMedia.ts';
import { reviewWords, staleWords } from '../trees/takeWords.ts';
import type { Translate } from '../translate.ts';

export interface ContentNeeds {
  readonly about: TakePageRef;
  readonly t: Translate;
  /** The address of a picture within the page. */
  readonly srcOf: (path: string) => string;
  readonly timeOf: (iso: string) => string;
}

const parts: readonly PromptPart[] = ['direct', 'identity', 'aesthetic', 'context', 'negative'];

/** How one take was made. */
export function recipePage(needs: ContentNeeds, recipe: RecipeView): TakePage {
  const { t } = needs;
  const { view, take, inputs, gaps } = recipe;
  const title = t('Take {number} of shot {address}', {
    number: slateCode(view.number),
    address: view.address,
  });
  const rows = factsOf(needs, recipe).map(([name, value]) => ({ name, values: [value], differs: false }));
  const inputRows = inputs.map(({ path, sha256, state }) => ({
    name: path,
    values: [`${stateName(t, state)}  SHA-256 ${sha256}`],
    differs: state !== 'same',
  }));
  const stale = staleWords(t, view.stale);
  return {
    ...blankPage(needs, title),
    notes: [
      ...(stale === undefined ? [] : [stale]),
      ...gaps.map((gap) => t('Not as it was: {reason}.', { reason: gapSentence(t, gap) })),
    ],
    pictures: picturesOf(needs, recipe, title),
    sections: [
      facts(t('How it was made'), rows),
      promptSection(t, { address: view.address, prompt: take.prompt }),
      ...(inputRows.length === 0 ? [] : [facts(t('Input files'), inputRows)]),
    ],
    actions: [
      { id: 'regenerate', label: t('Regenerate with the Same Recipe') },
      { id: 'open', label: isVideo(view.mediaType) ? t('Open Video') : t('Open Picture') },
      ...(view.shown === 'active' ? [] : [{ id: 'activate' as const, label: t('Make Active Take') }]),
    ],
  };
}

/** Two takes side by side, with what is different of their recipes first. */
export function comparePage(needs: ContentNeeds, [one, other]: readonly [RecipeView, RecipeView]): TakePage {
  const { t } = needs;
  const names = [one, other].map(({ view }) =>
    one.view.address === other.view.address
      ? t('Take {number}', { number: slateCode(view.number) })
      : t('Take {number} of shot {address}', { number: slateCode(view.number), address: view.address }),
  );
  const rows = pairs(recipeRows(needs, one), recipeRows(needs, other));
  const differing = rows.filter(({ differs }) => differs);
  const same = rows.filter(({ differs }) => !differs);
  return {
    ...blankPage(needs, names.join(' ↔ ')),
    notes: [one, other].flatMap(({ view }, index) => {
      const state = statusOfMedia(t, view.media);
      return state === undefined ? [] : [t('{take}: {state}', { take: names[index] ?? '', state })];
    }),
    pictures: [one, other].flatMap((recipe, index) => picturesOf(needs, recipe, names[index] ?? '')),
    sections: [
      ...(differing.length === 0 ? [] : [facts(t('Different'), differing, names)]),
      ...(same.length === 0 ? [] : [facts(t('The same'), same, names)]),
    ],
  };
}

/** What a pipeline would be asked for a shot now. */
export function promptPage(needs: ContentNeeds, prompt: ShotPrompt): TakePage {
  const { t } = needs;
  const text = { name: t('What the pipeline gets'), values: [legible(prompt.prompt.text)], differs: false };
  return {
    ...blankPage(needs, t('Prompt of shot {address}', { address: prompt.address })),
    sections: [promptSection(t, prompt), facts(t('As one text'), [text])],
  };
}

/** Why a take cannot be made again exactly as it was, as part of a sentence. */
export function gapSentence(t: Translate, gap: RecipeGap): string {
  switch (gap.is) {
    case 'panel-missing':
      return t('its shot as it was then was not recorded');
    case 'pipeline-gone':
      return t('pipeline {id} is not on this machine', { id: gap.pipeline.id });
    case 'pipeline-version':
      return t('pipeline {id} is version {now} now instead of {then}', {
        id: gap.pipeline.id,
        now: gap.now,
        then: gap.pipeline.version,
      });
    case 'input-changed':
      return t('{path} was changed since', { path: gap.path });
    case 'input-missing':
      return t('{path} is not there any more', { path: gap.path });
  }
}

/** Of a page whose take or film is not there: it says so. */
export function sentencePage(needs: ContentNeeds, title: string, sentence: string): TakePage {
  return { ...blankPage(needs, title), notes: [sentence] };
}

export function blankPage({ t, about }: ContentNeeds, title: string): TakePage {
  return {
    type: 'page',
    about,
    title,
    notes: [],
    pictures: [],
    sections: [],
    actions: [],
    words: { side: t('Side by Side'), wipe: t('Wipe'), flicker: t('Flicker') },
  };
}

function picturesOf({ t, srcOf }: ContentNeeds, { view }: RecipeView, label: string): readonly PagePicture[] {
  if (view.media !== 'present') return [];
  const named = { number: view.number, address: view.address };
  if (isVideo(view.mediaType)) {
    const alt = t('Video of take {number} of shot {address}', named);
    const poster = view.poster === undefined ? {} : { poster: srcOf(view.poster) };
    return [{ kind: 'video', label, alt, src: srcOf(view.path), ...poster }];
  }
  if (!view.mediaType.startsWith('image/')) return [];
  const alt = t('Picture of take {number} of shot {address}', named);
  return [{ kind: 'picture', label, alt, src: srcOf(view.path) }];
}

function facts(heading: string, rows: readonly FactRow[], columns: readonly string[] = []): PageSection {
  return { kind: 'facts', heading, columns, rows };
}

type Fact = readonly [name: string, value: string];

function factsOf({ t, timeOf }: ContentNeeds, { take, view }: RecipeView): readonly Fact[] {
  const media = [
    ...measureWords(t, view),
    view.mediaType,
    take.files[0]?.codec,
    statusOfMedia(t, view.media),
  ];
  const all: readonly (readonly [string, string | undefined])[] = [
    [t('Pipeline'), `${take.pipeline.id} ${take.pipeline.version}`],
    [t('Instead of'), take.fallback && `${take.fallback.from}: ${take.fallback.reason}`],
    [t('Quality'), qualityName(t, take.quality)],
    [t('Seed'), String(take.seed)],
    ...Object.entries(take.parameters).map(([name, value]) => [name, JSON.stringify(value)] as const),
    [isVideo(view.mediaType) ? t('Video') : t('Picture'), media.filter(Boolean).join(' · ')],
    [t('Decision'), reviewWords(t, view.review).join(' · ')],
    [t('Note'), view.review?.note],
    [t('Made'), timeOf(take.finished)],
    [t('On'), `${take.host.name} (${take.host.platform}, Auteur ${take.host.auteur})`],
    [t('SHA-256'), take.files[0]?.sha256],
    [t('With the recipe of'), take.recipeOf],
  ];
  return all.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, legibleLines(value)] as const],
  );
}

function recipeRows(needs: ContentNeeds, recipe: RecipeView): readonly Fact[] {
  const { prompt, panel } = recipe.take;
  const said = parts.map((part) => [partName(needs.t, part), legibleLines(prompt[part])] as const);
  const drawn = Object.entries(panel ?? {}).filter(([name]) => name !== 'project' && name !== 'description');
  return [
    ...factsOf(needs, recipe),
    ...said.filter(([, words]) => words !== ''),
    ...drawn.map(
      ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
    ...recipe.inputs.map(({ path, sha256 }) => [path, sha256.slice(0, 12)] as const),
  ];
}

function pairs(one: readonly Fact[], other: readonly Fact[]): readonly FactRow[] {
  const [left, right] = [new Map(one), new Map(other)];
  return [...new Set([...left.keys(), ...right.keys()])].map((name) => {
    const values = [left.get(name) ?? '–', right.get(name) ?? '–'];
    return { name, values, differs: values[0] !== values[1] };
  });
}

export function promptSection(t: Translate, { prompt }: ShotPrompt): PageSection {
  const shown = parts.filter((part) => prompt[part] !== '');
  return {
    kind: 'prompt',
    heading: t('Prompt'),
    parts: shown.map((part) => {
      const spans = prompt.spans?.filter((span) => span.part === part) ?? [];
      const words: readonly PromptWords[] =
        spans.length === 0
          ? [{ text: legible(prompt[part]) }]
          : spans.map(({ text, source }) => ({
              text: legible(text),
              ...(source === undefined
                ? {}
                : { source: { kind: source.kind, label: sourceLabel(t, source) } }),
            }));
      return { name: partName(t, part), words };
    }),
  };
}

function partName(t: Translate, part: PromptPart): string {
  const names = {
    direct: t('Direct'),
    identity: t('Identity'),
    aesthetic: t('Aesthetic'),
    context: t('Context'),
    negative: t('Negative'),
  };
  return names[part];
}

function sourceLabel(t: Translate, { kind, name, address, id, field }: PromptSource): string {
  const kinds = {
    shot: t('shot'),
    scene: t('scene'),
    character: t('character'),
    location: t('location'),
    style: t('style'),
    beat: t('emotional beat'),
  };
  return `${kinds[kind]} ${legible(address ?? name ?? id)}: ${asWords(field)}`;
}

/** `timeOfDay` as time of day. */
function asWords(field: string): string {
  return field.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function stateName(t: Translate, state: RecipeView['inputs'][number]['state']): string {
  const names = { same: t('unchanged'), changed: t('changed since'), missing: t('not there any more') };
  return names[state];
}
