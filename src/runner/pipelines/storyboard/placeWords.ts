import { isUndecided } from '../../../core/domain/panel.ts';
import type { Panel } from '../../../core/model/panel.ts';
import type { TimeOfDay } from '../../../core/model/project.ts';

/** Only the beginning of what was pasted in is read. */
const longest = 2000;

/** Words of a place that nobody is in: what hangs on a wall, what somebody thinks of. */
const elsewhere =
  /\b(?:(?:photo|photograph|picture|painting|poster|postcard|drawing|map|model|dream|memory|thought|story)s? (?:of|showing)|(?:dream|think|talk|speak|read|remind)(?:s|ing|t|ed)? (?:of|about)) (?:(?:an?|the|his|her|their|that|this) )?(?:\w+ )?\w+/g;
/** Whoever is "outside the church" or at its door is in the street. */
const before =
  /\b(?:outside|in front of|opposite|out of|above|behind|past|leav(?:es|ing)) (?:of )?(?:(?:an?|the|his|her|their|its) )?(?:\w+ )?(?:\w+room|room|kitchen|hall|office|bar|restaurant|shop|store|library|warehouse|church|studio|cinema|theat(?:re|er)|hotel|hospital|house|building|cabin)\b/g;
const front =
  /\b(?:shop|store|church|school|factory|cinema|hotel|restaurant|office) (?:windows?|fronts?|gates?|signs?|towers?|bells?)\b|\b(?:phone|telephone) booth\b|\b(?:river|sea|flower) ?beds?\b/g;
const notYet =
  /\b(?:last|good|opening|first|wedding|tomorrow|yesterday|until) (?:night|morning|evening|afternoon)|\bevening (?:dress|gown|wear|suit)|\bmorning coat/g;

const inside =
  /\b(?:\w*room|kitchen|hallway|hall|corridor|office|bar|cafe|diner|restaurant|shop|store|library|classroom|school|warehouse|factory|workshop|garage|church|chapel|cellar|basement|attic|staircase|stairwell|elevator|booth|studio|cinema|theat(?:re|er)|lobby|ward|cell|cockpit|cabin|compartment|apartment|inside|indoors|beds?|sofa|couch|armchair|desk|stove|fireplace|ceiling|wallpaper|bathtub)\b/;
const throughWindow = /\b(?:through|at|by|from) (?:an?|the|her|his|their) (?:\w+ )?window\b/;
const outside =
  /\b(?:outside|outdoors|streets?|alleys?|alleyway|avenue|boulevard|sidewalk|pavement|crossroads|roads?|roadside|highway|motorway|rooftops?|on (?:the|a) roof|bridge|plaza|piazza|(?:the|town|market|village|city|empty) square|market place|marketplace|park|playground|courtyard|yard|backyard|gardens?|orchard|grove|forest|woods|jungle|desert|dunes?|canyon|meadows?|(?:corn|wheat)? ?fields|cornfield|wheat field|hills?|hillside|mountains?|valley|cliffs?|beach|shore|seashore|coast|sea|ocean|waves|lake|river|riverbank|pier|jetty|docks?|quay|harbou?r|graveyard|cemetery|churchyard|car park|parking lot|skyline|sky|horizon|sunset|sunrise|countryside|village|downtown)\b/;

const times: readonly (readonly [RegExp, TimeOfDay])[] = [
  [/\b(?:dawn|sunrise|daybreak|first light)\b/, 'dawn'],
  [/\bmorning\b/, 'morning'],
  [/\b(?:noon|midday|daylight|broad day)\b/, 'day'],
  [/\bafternoon\b/, 'afternoon'],
  [/\b(?:dusk|sunset|twilight|nightfall|evening)\b/, 'dusk'],
  [/\b(?:night|midnight|moonlight|moonlit|moon|starry|stars)\b/, 'night'],
];

/** Where nobody decided where and when it plays, as its words, in English, have it; what they leave open stays as it is. */
export function placed(panel: Panel): Panel {
  const texts = [panel.location ?? '', panel.description].map(read);
  return {
    ...panel,
    ...(isUndecided(panel, 'setting') ? settingIn(texts) : {}),
    ...(isUndecided(panel, 'timeOfDay') ? timeIn(texts) : {}),
  };
}

function read(text: string): string {
  const words = text.slice(0, longest).toLowerCase().replaceAll('é', 'e').replace(/\s+/gu, ' ');
  return words.replace(elsewhere, ' ').replace(before, ' outside ').replace(front, ' ').replace(notYet, ' ');
}

/** What is said first, but what is seen through a window is not where the camera is. */
function settingIn(texts: readonly string[]): Partial<Pick<Panel, 'setting'>> {
  for (const text of texts) {
    if (throughWindow.test(text)) return { setting: 'INT' };
    const setting = first(text, [
      [inside, 'INT'],
      [outside, 'EXT'],
    ] as const);
    if (setting !== undefined) return { setting };
  }
  return {};
}

function timeIn(texts: readonly string[]): Partial<Pick<Panel, 'timeOfDay'>> {
  for (const text of texts) {
    const timeOfDay = first(text, times);
    if (timeOfDay !== undefined) return { timeOfDay };
  }
  return {};
}

/** What is meant by the pattern that the text holds first. */
function first<T>(text: string, meanings: readonly (readonly [RegExp, T])[]): T | undefined {
  const said = meanings.map(([pattern, meaning]) => ({ at: text.search(pattern), meaning }));
  return said.filter(({ at }) => at >= 0).toSorted((a, b) => a.at - b.at)[0]?.meaning;
}
