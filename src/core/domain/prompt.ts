import type { Asset, WardrobeVariant } from '../model/asset.ts';
import type { Decidable, Panel } from '../model/panel.ts';
import type { EmotionalBeat } from '../model/project.ts';
import type { CompositePrompt, PromptPart, PromptSource, PromptSpan } from '../model/prompt.ts';
import type { CameraAngle, ShotSize } from '../model/shotList.ts';
import { isUndecided, type ShotInFilm } from './panel.ts';
import { wornIn, wornWords } from './wardrobe.ts';

export interface PromptSources {
  readonly where: ShotInFilm;
  readonly panel: Panel;
  readonly characters: readonly Asset[];
  readonly location?: Asset | undefined;
  readonly style?: Asset | undefined;
  /** What the moment means: the emotional beats the scene stands in. */
  readonly beats?: readonly EmotionalBeat[];
}

const sizeWords: Record<ShotSize, string> = {
  ECU: 'extreme close-up',
  CU: 'close-up',
  MCU: 'medium close-up',
  MS: 'medium shot',
  MWS: 'medium wide shot',
  WS: 'wide shot',
  EWS: 'extreme wide shot',
};

const angleWords: Record<CameraAngle, string> = {
  low: 'low angle',
  eye: 'eye level',
  high: 'high angle',
  'birds-eye': "bird's-eye view",
  dutch: 'dutch angle',
};

/** The fields that hold sentences rather than words. */
const sentences: ReadonlySet<string> = new Set(['description', 'synopsis']);

const parts = ['direct', 'identity', 'aesthetic', 'context', 'negative'] as const;

/** Words with where they come from; those without any say nothing. */
type Piece = Omit<PromptSpan, 'part'>;

/** Assembles direct + identity + aesthetic + context instructions, and what must not be seen, word for word traceable. */
export function compositePrompt(sources: PromptSources): CompositePrompt {
  const { characters, location, style } = sources;
  const described: Record<PromptPart, readonly Piece[]> = {
    direct: direct(sources),
    identity: joined('; ', ...characters.map((one) => identity(one, wornIn(sources.where.shot, one)))),
    aesthetic: style === undefined ? [] : describe('style', style),
    context: context(sources),
    negative: joined(
      ', ',
      ...characters.map((one) => negative('character', one)),
      negative('location', location),
      negative('style', style),
    ),
  };
  const texts = Object.fromEntries(parts.map((part) => [part, textOf(described[part])]));
  const spans = parts.flatMap((part) => described[part].map((piece) => ({ part, ...piece })));
  const said = (part: PromptPart): string => texts[part] ?? '';
  const text = parts
    .slice(0, -1)
    .map(said)
    .filter((words) => words !== '')
    .map((words, index, all) => (index === all.length - 1 ? words : openEnded(words)))
    .join('. ');
  return {
    direct: said('direct'),
    identity: said('identity'),
    aesthetic: said('aesthetic'),
    context: said('context'),
    negative: said('negative'),
    text,
    spans,
  };
}

function direct({ where: { shot, address }, panel }: PromptSources): readonly Piece[] {
  const of = (field: string): PromptSource => ({ kind: 'shot', id: shot.id, address, field });
  const camera = joined(
    ', ',
    piece(decided(panel, 'size', sizeWords[panel.size]), of('size')),
    piece(decided(panel, 'angle', angleWords[panel.angle]), of('angle')),
    piece(panel.movement === 'static' ? undefined : `${panel.movement} movement`, of('movement')),
    piece(panel.lens === undefined ? undefined : `${panel.lens} mm lens`, of('lens')),
  );
  return joined('; ', piece(panel.description, of('description')), camera);
}

function context({ where, panel, location, beats = [] }: PromptSources): readonly Piece[] {
  const { scene, shot } = where;
  const sceneAddress = where.address.split('/').slice(0, 2).join('/');
  const of = (field: 'setting' | 'timeOfDay' | 'location'): PromptSource =>
    shot[field] === undefined
      ? { kind: 'scene', id: scene.id, address: sceneAddress, field }
      : { kind: 'shot', id: shot.id, address: where.address, field };
  const moment = joined(
    ', ',
    piece(decided(panel, 'setting', panel.setting === 'INT' ? 'interior' : 'exterior'), of('setting')),
    piece(decided(panel, 'timeOfDay', panel.timeOfDay), of('timeOfDay')),
  );
  const place =
    location === undefined ? piece(panel.location, of('location')) : describe('location', location);
  const story = { kind: 'scene', id: scene.id, address: sceneAddress, field: 'synopsis' } as const;
  return joined('; ', place, moment, piece(scene.synopsis, story), ...beats.map(beatPiece));
}

function beatPiece(beat: EmotionalBeat): readonly Piece[] {
  const { id, name, description, scene, chapter } = beat;
  const field = description === undefined ? 'name' : 'description';
  const boundTo = scene !== undefined ? 'scene' : chapter !== undefined ? 'chapter' : 'film';
  return piece(beat[field], { kind: 'beat', id: id ?? name, name, boundTo, field });
}

type AssetKind = 'character' | 'location' | 'style';

function describe(kind: AssetKind, asset: Asset): readonly Piece[] {
  const of = (field: string): PromptSource => ({ kind, id: asset.id, name: asset.name, field });
  return joined(
    ', ',
    ...(asset.triggerWords ?? []).map((word) => piece(word, of('triggerWords'))),
    piece(asset.name, of('name')),
    piece(asset.description, of('description')),
    ...(asset.keywords ?? []).map((word) => piece(word, of('keywords'))),
  );
}

/** Who is seen, and what they wear here. */
function identity(character: Asset, worn: WardrobeVariant | undefined): readonly Piece[] {
  if (worn === undefined) return describe('character', character);
  const { id, name } = character;
  const source = { kind: 'character', id, name, field: `wardrobe ${worn.name}` } as const;
  return joined(
    ', ',
    ...(worn.triggerWords ?? []).map((word) => piece(word, source)),
    describe('character', character),
    joined(' ', [{ text: 'wearing' }], piece(openEnded(wornWords(worn)), source)),
    ...(worn.keywords ?? []).map((word) => piece(word, source)),
  );
}

function negative(kind: AssetKind, asset: Asset | undefined): readonly Piece[] {
  if (asset === undefined) return [];
  const source = { kind, id: asset.id, name: asset.name, field: 'negative' };
  return joined(', ', ...(asset.negative ?? []).map((word) => piece(word, source)));
}

function decided(panel: Panel, field: Decidable, words: string): string | undefined {
  return isUndecided(panel, field) ? undefined : words;
}

function piece(text: string | undefined, source: PromptSource): readonly Piece[] {
  return text === undefined || text === '' ? [] : [{ text, source }];
}

function joined(by: string, ...groups: readonly (readonly Piece[])[]): readonly Piece[] {
  const said = groups.filter((group) => group.length > 0);
  return said.flatMap((group, index) => {
    const isLast = index === said.length - 1;
    return isLast ? group : [...group.slice(0, -1), ...group.slice(-1).map(withoutStop), { text: by }];
  });
}

/**
 * What ends a sentence would stand beside the sign that leads on: "winds a reel by hand.; wide shot".
 * Words a model was trained on stay as they are.
 */
function withoutStop(piece: Piece): Piece {
  const { source, text } = piece;
  return source !== undefined && sentences.has(source.field) ? { ...piece, text: openEnded(text) } : piece;
}

/** Without what ends a sentence. */
export function openEnded(text: string): string {
  const end = text.search(/[\s.,;:]+$/u);
  return end > 0 ? text.slice(0, end) : text;
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}
