import {
  linesOf,
  settingWords,
  type ChapterText,
  type FilmText,
  type SceneText,
  type ShotText,
} from './filmText.ts';
import { cueOf, fountainAction, fountainDialogue, fountainWords } from './fountain.ts';

/** The film as a screenplay in Fountain: chapters are sections, scenes have slug lines with their numbers. */
export function screenplayText(title: string, film: FilmText): string {
  const names = film.characters.map(({ name }) => name);
  const blocks = [
    `Title: ${fountainWords(title)}`,
    ...film.chapters.flatMap((chapter) => chapterBlocks(chapter, names)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function chapterBlocks(chapter: ChapterText, names: readonly string[]): readonly string[] {
  return [
    `# ${fountainWords(chapter.title)}`,
    synopsisLines(chapter.synopsis),
    ...chapter.scenes.flatMap((scene) => sceneBlocks(scene, names)),
  ];
}

function sceneBlocks(scene: SceneText, names: readonly string[]): readonly string[] {
  return [
    `## ${fountainWords(scene.title)}`,
    slugLine(scene),
    synopsisLines(scene.synopsis),
    ...scene.shots.flatMap((shot) => shotBlocks(shot, names)),
  ];
}

function synopsisLines(text: string | undefined): string {
  return linesOf(text)
    .filter((line) => line !== '')
    .map((line) => `= ${fountainWords(line)}`)
    .join('\n');
}

/** Without a setting the line is forced to be a slug line; without a location the scene's title is the place. */
function slugLine({ setting, location, title, timeOfDay, number }: SceneText): string {
  // A number sign would begin the scene number.
  const place = fountainWords(location ?? title).replaceAll('#', '＃');
  const words = [place, timeOfDay].filter((part) => part !== undefined && part !== '').join(' - ');
  const line =
    setting === undefined ? `.${words.replace(/^[.\s]+/, '')}` : `${settingWords[setting]} ${words}`;
  return `${line.toUpperCase()} #${String(number)}#`;
}

function shotBlocks(shot: ShotText, names: readonly string[]): readonly string[] {
  const framing = [shot.size, shot.angle, shot.movement].filter((part) => part !== undefined);
  return [
    `[[Shot ${[shot.address, ...framing].join(', ')}]]`,
    ...fountainAction(shot.description),
    ...speeches(shot, names).map(({ who, words }) => `${cueOf(who)}\n${fountainDialogue(words)}`),
  ];
}

interface Speech {
  readonly who: string;
  readonly words: string[];
}

/** Whom the first word of a name means, in lower case, where only one is called so. */
function byFirstName(names: readonly string[]): readonly (readonly [string, string])[] {
  const found = new Map<string, string | undefined>();
  for (const name of new Set(names)) {
    const first = (name.trim().split(/\s/u, 1)[0] ?? '').toLowerCase();
    found.set(first, found.has(first) ? undefined : name);
  }
  return [...found].flatMap(([first, name]) => (name === undefined ? [] : [[first, name] as const]));
}

/** Who says what: a line may begin with a name, `Ada: Where is it?`; else those in the shot speak. */
function speeches({ dialogue, characters }: ShotText, names: readonly string[]): readonly Speech[] {
  const all: Speech[] = [];
  const whole = [...names, ...characters].map((name) => [name.toLowerCase(), name] as const);
  const known = new Map([...byFirstName(names), ...byFirstName(characters), ...whole]);
  const others = characters.length === 0 ? 'VOICE' : characters.join(' / ');
  for (const line of linesOf(dialogue)) {
    const [, before = '', after = ''] = /^([^:]+):\s*(\S.*)$/.exec(line) ?? [];
    const named = known.get(before.trim().toLowerCase());
    if (named !== undefined) all.push({ who: named, words: [after] });
    else if (all.length === 0) all.push({ who: others, words: [line] });
    else all.at(-1)?.words.push(line);
  }
  return all.filter(({ words }) => words.some((line) => line !== ''));
}
