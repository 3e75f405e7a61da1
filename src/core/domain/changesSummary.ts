const kinds: readonly (readonly [path: RegExp, word: string])[] = [
  [/^project\.json$/, 'the film'],
  [/^02_Source_Creative\/ShotLists\//, 'shot list'],
  [/^02_Source_Creative\/Treatments\//, 'treatment'],
  [/^02_Source_Creative\/Scripts\//, 'script'],
  [/^02_Source_Creative\//, 'document'],
  [/^01_Assets\/Characters\//, 'character'],
  [/^01_Assets\/Locations\//, 'location'],
  [/^01_Assets\/Music\//, 'music'],
  [/^01_Assets\/Styles\//, 'style'],
];
const uncounted = new Set(['the film', 'music']);
const scene = /Chapter_(\d+)_Scene_(\d+)\.shotlist\.json$/;

/** What a commit of these files could be called: `Edit the film and 2 shot lists; record take 3 of 01/01/02`. */
export function changesSummary(texts: readonly string[], takes: readonly string[]): string {
  const parts = [
    ...(texts.length === 0 ? [] : [`edit ${listed(editedThings(texts))}`]),
    ...(takes.length === 0
      ? []
      : [`record ${takes.length === 1 ? takes.join('') : `${takes.length} takes`}`]),
  ];
  const text = parts.join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function editedThings(texts: readonly string[]): readonly string[] {
  const things = new Map<string, Set<string>>();
  for (const path of texts) {
    const word = kinds.find(([pattern]) => pattern.test(path))?.[1] ?? 'project file';
    things.set(word, (things.get(word) ?? new Set()).add(thingOf(word, path)));
  }
  return [...things].map(([word, which]) => {
    if (uncounted.has(word)) return word;
    const [only = ''] = which;
    return which.size === 1 ? `${word} ${only}` : `${which.size} ${word}s`;
  });
}

/** An asset is a folder with its files; everything else is one file. */
function thingOf(word: string, path: string): string {
  const parts = path.split('/');
  if (path.startsWith('01_Assets/') && parts.length > 3) return parts[2] ?? '';
  const [, chapter, number] = scene.exec(path) ?? [];
  if (word === 'shot list' && chapter !== undefined && number !== undefined) return `${chapter}/${number}`;
  return parts.at(-1) ?? path;
}

function listed(things: readonly string[]): string {
  const last = things.at(-1) ?? '';
  return things.length < 2 ? last : `${things.slice(0, -1).join(', ')} and ${last}`;
}
