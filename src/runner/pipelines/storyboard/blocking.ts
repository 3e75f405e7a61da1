import type { Panel } from '../../../core/model/panel.ts';
import { clausesOf, type Clause } from './clauses.ts';
import { escaped, formsOf } from './names.ts';
import type { Arms, Pose } from './poses.ts';

/** Who a figure looks at: another of the cast, the camera, a side of the picture. */
export type Look = { readonly at: number } | 'camera' | 'left' | 'right';

/** What the words of a shot say of one character. */
export interface Action {
  readonly pose?: Pose;
  readonly arms?: Arms;
  readonly view?: 'back' | 'profile';
  readonly look?: Look;
  readonly depth?: 'foreground' | 'background';
}

/** How the words place people to each other. */
export type Grouping = 'over-shoulder' | 'two-shot' | 'facing' | 'side-by-side' | 'back-to-back' | 'close';

export interface Blocking {
  /** One for each of the cast. */
  readonly actions: readonly Action[];
  readonly grouping?: Grouping;
  /** Whose shoulder the camera looks over. */
  readonly shoulder?: number;
}

const posed: readonly (readonly [RegExp, Pose])[] = [
  [
    /\b(?:lies?|lying|lay|asleep|sleep(?:s|ing)?|slept)\b(?:.{0,40})\b(?:bed|couch|sofa|mattress|cot|stretcher|bunk)\b/,
    'bed',
  ],
  [
    /\b(?:lies?|lying|lay) (?!to\b|about\b|ahead\b)|\b(?:lies?|lying|lay)$|\b(?:laid out|asleep|sleep(?:s|ing)|unconscious|sprawl(?:s|ed|ing)|stretched out|collapse[sd]|flat on)\b/,
    'lie',
  ],
  [/\b(?:kneel(?:s|ed|ing)?|knelt|on (?:his|her|their|one|both) knees?|(?:down|up) on one knee)\b/, 'kneel'],
  [
    /\b(?:crouch(?:es|ed|ing)?|squat(?:s|ted|ting)?|hunker(?:s|ed|ing)?|ducks?|ducking|cower(?:s|ed|ing)?)\b/,
    'crouch',
  ],
  [
    /\b(?:sits?|sitting|sat|seated|perch(?:es|ed|ing))\b.{0,30}\b(?:floor|ground|grass|sand|snow|rug|carpet|steps?|stairs?|kerb|curb|rock|roof|earth|leaves)\b|\bcross-legged\b/,
    'floor',
  ],
  [/\b(?:sits?|sitting|sat|seated|perch(?:es|ed|ing)|driv(?:es|ing)|slump(?:s|ed))\b(?! up\b)/, 'sit'],
  [
    /\b(?:runs?|running|ran|sprint(?:s|ed|ing)?|flees?|fleeing|fled|dash(?:es|ed|ing)|rac(?:es|ed|ing)|bolts|chas(?:e|es|ed|ing)|charges|rush(?:es|ed|ing)|jog(?:s|ged|ging)?)\b(?! out of (?:time|patience))/,
    'run',
  ],
  [
    /\b(?:walk(?:s|ed|ing)?|stride|strides|striding|strode|stroll(?:s|ed|ing)?|march(?:es|ed|ing)?|step(?:s|ped|ping)? (?:in|into|out|through|forward|up)|cross(?:es|ed|ing) (?:the|to|over)|enter(?:s|ed|ing)?|leav(?:es|ing)|exit(?:s|ed|ing)?|hurr(?:y|ies|ied|ying)|wander(?:s|ed|ing)?|approach(?:es|ed|ing)?|com(?:es|ing) in|creep(?:s|ing)?|limp(?:s|ing)?|pac(?:es|ing))\b/,
    'walk',
  ],
  [/\b(?:stands?|standing|stood)\b/, 'stand'],
];

const armed: readonly (readonly [RegExp, Arms])[] = [
  [
    /\b(?:on the (?:tele)?phone|(?:on|into|to) (?:a|the|his|her|their) (?:mobile|cell|phone|telephone|handset|receiver)|phon(?:es|ing)|telephon(?:es|ing)|answers the (?:tele)?phone|phone (?:to|at|against) (?:his|her|their) ear)\b/,
    'phone',
  ],
  [
    /\b(?:hug(?:s|ged|ging)?|embrac(?:e|es|ed|ing)|in each other's arms|hold(?:s|ing)? (?:each other|one another))\b/,
    'hug',
  ],
  [
    /\b(?:point(?:s|ed|ing)|aim(?:s|ed|ing)) (?:\w+ ){0,4}?(?:at|to|towards?|out|up|down|off|away|across|toward)\b|\bpoint(?:s|ing)$/,
    'point',
  ],
  [
    /\b(?:wav(?:es|ed|ing)|rais(?:es|ed|ing) (?:his|her|their|a|one) (?:hand|arm|fist|glass)|hand (?:up|raised)|greet(?:s|ed|ing)?|salut(?:es|ed|ing))\b/,
    'raise',
  ],
  [
    /\b(?:reach(?:es|ed|ing)?|grab(?:s|bed|bing)?|stretch(?:es|ed|ing)? (?:out|for)|hand(?:s|ing) (?:over|him|her|\w+ (?:a|the))|offer(?:s|ed|ing)?|knock(?:s|ed|ing)?|touch(?:es|ed|ing)?|push(?:es|ed|ing)?|pull(?:s|ed|ing)?|open(?:s|ed|ing)? (?:a|the))\b/,
    'reach',
  ],
  [
    /\b(?:hold(?:s|ing)?|held|carr(?:y|ies|ied|ying)|clutch(?:es|ed|ing)?|read(?:s|ing)?|us(?:es|ing) (?:a|the|his|her)|typ(?:es|ing)|texts?|texting|cradl(?:es|ed|ing)|examin(?:es|ed|ing)|stud(?:ies|ying)|check(?:s|ing) (?:his|her|the|a) (?:phone|watch|map))\b/,
    'hold',
  ],
  [/\b(?:arms? (?:crossed|folded)|(?:crosses|folds) (?:his|her|their) arms)\b/, 'crossed'],
  [/\bhands? in (?:his|her|their|the) pockets?\b/, 'pocket'],
  [/\bhands? on (?:his|her|their) hips?\b/, 'hip'],
];

const turnedBack =
  /\bbacks? (?:to|towards?) (?:us|the (?:camera|viewer|lens|audience)|camera)\b|\b(?:seen|shot|watched|viewed|followed|framed|filmed)? ?from behind\b|\b(?:turn(?:s|ed|ing)?|fac(?:es|ed|ing)|walk(?:s|ed|ing)?|run(?:s|ning)?|ran|mov(?:es|ing)|rid(?:es|ing)|head(?:s|ing)?) away\b|\bturn(?:s|ed|ing)? (?:his|her|their) backs?\b|\brear view of\b|\bfac(?:es|ing) away\b|\b(?:only )?(?:his|her|their) backs?\b.{0,10}\b(?:visible|seen)\b/;
const inProfile =
  /\b(?:in|a|full) profile\b|\bprofile (?:shot|of|view)\b|(?<!\bby )\bside[- ]on\b|\bsilhouetted? sideways\b/;
const atCamera =
  /\b(?:look|star|gaz|glanc|glar|smil|speak|talk|fac|turn|wink|squint)\w* (?:\w+ ){0,3}?(?:at|into|to|towards?|in|down) (?:us|the (?:camera|lens|viewer|audience)|camera)\b|\bbreaks the fourth wall\b/;
const looking =
  /\b(?:look|star|gaz|glanc|glar|peer|turn|fac|watch|smil|point|wav|speak|talk|listen|shout|yell|whisper|aim|nod|bow|lean|reach|say|answer|repl|argu|ask|kiss|follow|see|toward|stud|eye|hand|confront)\w*\b/;

const overShoulder =
  /\bo\.?\s?t\.?\s?s\b\.?|\bover[- ](?:(?:the|his|her|their|an?)[- ])?(?:left |right )?(?:[\p{L}'’-]+ ){0,3}?shoulders?\b/u;
/** Whoever looks back over a shoulder of their own is not what an over-the-shoulder is. */
const lookingBack =
  /\b(?:look|glanc|star|peer|gaz|turn|smil|wav|shout|call)\w* (?:back )?over (?:his|her|their|one|a) (?:own )?(?:left |right )?shoulder\b|\b(?:coat|bag|rifle|towel|jacket|arm|blanket|sack|rope|hair|scarf|sling)\w* (?:\w+ ){0,2}?over (?:his|her|their|one|a) (?:left |right )?shoulder\b/;
const groupings: readonly (readonly [RegExp, Grouping])[] = [
  [
    /\b(?:hug(?:s|ged|ging)?|embrac(?:e|es|ed|ing)|in each other's arms|kiss(?:es|ed|ing)?|danc(?:e|es|ing) (?:together|close)|hold(?:s|ing)? (?:each other|one another))\b/,
    'close',
  ],
  [/\bback to back\b/, 'back-to-back'],
  [
    /\b(?:side by side|shoulder to shoulder|next to (?:each other|one another)|beside (?:each other|one another)|arm in arm|hand in hand|abreast)\b/,
    'side-by-side',
  ],
  [
    /\b(?:face to face|nose to nose|eye to eye|(?:each other|one another)|opposite|across from|confront\w*|stare each other down)\b/,
    'facing',
  ],
  [/\b(?:two|2)[- ]?shot\b/, 'two-shot'],
];

/** More than a director writes for one shot. */
const longest = 4000;

/** Reads the blocking from a shot's description, in English: who does what, and how they stand to each other. */
export function blockingOf({ description, characters }: Panel): Blocking {
  const text = description.slice(0, longest).replaceAll('’', "'").replace(/\s+/gu, ' ');
  const names = characters.map(({ name }) => name);
  const clauses = clausesOf(text, characters);
  const lower = text.toLowerCase();
  const isOver = overShoulder.test(lower) && !lookingBack.test(lower);
  const grouping = isOver ? ('over-shoulder' as const) : groupings.find(([words]) => words.test(lower))?.[1];
  const shoulder = isOver ? ownerOfShoulder(text, names) : undefined;
  return {
    actions: characters.map((_, i) => actionOf(clauses, i)),
    ...(grouping !== undefined && { grouping }),
    ...(shoulder !== undefined && { shoulder }),
  };
}

function actionOf(clauses: readonly Clause[], who: number): Action {
  const own = clauses.filter(({ subjects }) => subjects.includes(who));
  const first = <T>(known: readonly (readonly [RegExp, T])[]) =>
    own
      .map(({ words }) => known.find(([pattern]) => pattern.test(words))?.[1])
      .find((found) => found !== undefined);
  const says = (pattern: RegExp) => own.some(({ words }) => pattern.test(words));
  const pose = first(posed);
  const arms = first(armed);
  const view = says(turnedBack) ? 'back' : says(inProfile) ? 'profile' : undefined;
  const look = lookOf(own, who);
  const depth = says(/\bforeground\b/) ? 'foreground' : says(/\bbackground\b/) ? 'background' : undefined;
  return {
    ...(pose !== undefined && { pose }),
    ...(arms !== undefined && { arms }),
    ...(view !== undefined && { view }),
    ...(look !== undefined && { look }),
    ...(depth !== undefined && { depth }),
  };
}

function lookOf(own: readonly Clause[], who: number): Look | undefined {
  for (const { words, objects } of own) {
    if (atCamera.test(words)) return 'camera';
    const side =
      /\b(?:to|towards?|screen|frame|camera|looks?|turns?|exits?|walks?|runs?) (?:the )?(?:screen |frame |camera )?(left|right)\b(?! (?:hand|arm|shoulder|foot|eye))/.exec(
        words,
      )?.[1];
    if (side === 'left' || side === 'right') return side;
    const other = objects.find((one) => one !== who);
    if (other !== undefined && looking.test(words)) return { at: other };
  }
  return undefined;
}

/** `over Ada's shoulder`: Ada; `OTS Ada` and `over the shoulder of Ada` as well; `OTS on Ada`: somebody else. */
function ownerOfShoulder(text: string, names: readonly string[]): number | undefined {
  const said = (pattern: (name: string) => string) =>
    names.findIndex((name) =>
      formsOf(name).some((form) => new RegExp(pattern(escaped(form)), 'iu').test(text)),
    );
  const owner = said(
    (name) =>
      String.raw`over\s+${name}['’]?s?\s+(?:left |right )?shoulder|shoulder of ${name}(?!\p{L})|\bots,? (?:of |past |behind )?${name}(?!\p{L})`,
  );
  if (owner >= 0) return owner;
  const seen = said(
    (name) => String.raw`\b(?:ots|over[- ]the[- ]shoulder)(?: shot)?,? (?:on|onto|to|at) ${name}(?!\p{L})`,
  );
  return seen >= 0 && names.length === 2 ? 1 - seen : undefined;
}
