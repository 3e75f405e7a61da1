import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { Asset } from '../model/asset.ts';
import { AssetId, BeatId, newId, SceneId, ShotId } from '../model/ids.ts';
import { Scene } from '../model/project.ts';
import { Shot } from '../model/shotList.ts';
import { newProject } from './newProject.ts';
import { resolvePanel } from './panel.ts';
import { compositePrompt, type PromptSources } from './prompt.ts';

const shotId = newId(ShotId);
const sceneId = newId(SceneId);

function sources(words: {
  description: string;
  ada?: object;
  place?: object;
  style?: object;
}): PromptSources {
  const project = newProject({ name: 'x', quality: 'low', structure: 'three-act', now: new Date() });
  const scene = Scene.parse({
    id: sceneId,
    number: 2,
    title: 'The pier',
    shotList: 'list.json',
    setting: 'EXT',
    synopsis: 'They part.',
  });
  const shot = Shot.parse({
    id: shotId,
    number: 3,
    folder: 'x',
    size: 'CU',
    lens: 35,
    description: words.description,
  });
  const asset = (name: string, more: object = {}) =>
    Asset.parse({ schemaVersion: 1, id: newId(AssetId), name, ...more });
  const assets = {
    characters: [asset('Ada', words.ada)],
    location: asset('Pier', words.place),
    style: asset('Noir', words.style),
    pictures: new Map(),
  };
  const where = { project, scene, shot, address: '01/02/03' };
  const beats = [{ name: 'Loss', description: 'All is lost.', position: 0.75, intensity: 1 }];
  return { where, panel: resolvePanel(where, assets), ...assets, beats };
}

test('every word of a prompt leads to where it is written', () => {
  const { spans = [] } = compositePrompt(
    sources({ description: 'Rain', ada: { triggerWords: ['ada_v1'], negative: ['hat'] } }),
  );
  const from = (text: string) => spans.find((span) => span.text === text)?.source;
  expect(from('Rain')).toEqual({ kind: 'shot', id: shotId, address: '01/02/03', field: 'description' });
  expect(from('35 mm lens')).toMatchObject({ kind: 'shot', field: 'lens' });
  expect(from('exterior')).toEqual({ kind: 'scene', id: sceneId, address: '01/02', field: 'setting' });
  expect(from('They part')).toMatchObject({ kind: 'scene', field: 'synopsis' });
  expect(from('ada_v1')).toMatchObject({ kind: 'character', name: 'Ada', field: 'triggerWords' });
  expect(from('hat')).toMatchObject({ kind: 'character', field: 'negative' });
  expect(from('All is lost.')).toEqual({
    kind: 'beat',
    id: 'Loss',
    name: 'Loss',
    boundTo: 'film',
    field: 'description',
  });
});

test('what nobody decided is in no part of a prompt', () => {
  const made = sources({ description: 'Rain' });
  const scene = Scene.parse({ id: sceneId, number: 2, title: 'The pier', shotList: 'list.json' });
  const prompt = (shot: object, more: object = {}) => {
    const where = { ...made.where, scene: { ...scene, ...more }, shot: Shot.parse(shot) };
    const bare = { characters: [], location: undefined, style: undefined };
    return compositePrompt({ where, panel: resolvePanel(where, { ...bare, pictures: new Map() }), ...bare });
  };
  const bare = { id: shotId, number: 3, folder: 'x', description: 'Rain' };
  expect(prompt(bare)).toMatchObject({ direct: 'Rain', context: '', text: 'Rain' });
  expect(prompt(bare).spans).toHaveLength(1);
  const decided = { setting: 'INT', timeOfDay: 'day' };
  expect(prompt(bare, decided).text).toBe('Rain. interior, day');
  expect(prompt({ ...bare, angle: 'eye', size: 'MS', setting: 'EXT' }, decided).text).toBe(
    'Rain; medium shot, eye level. exterior, day',
  );
});

test('each beat of the scene speaks for itself, by its id and with its name', () => {
  const id = newId(BeatId);
  const { context, spans = [] } = compositePrompt({
    ...sources({ description: 'Rain' }),
    beats: [
      { id, name: 'Loss', description: 'All is lost.', position: 0.75, intensity: 1, scene: sceneId },
      { name: 'Hope', position: 0.8, intensity: 1, scene: sceneId },
    ],
  });
  expect(context).toMatch(/They part; All is lost; Hope$/u);
  expect(spans.flatMap(({ source }) => (source?.kind === 'beat' ? [source] : []))).toEqual([
    { kind: 'beat', id, name: 'Loss', boundTo: 'scene', field: 'description' },
    { kind: 'beat', id: 'Hope', name: 'Hope', boundTo: 'scene', field: 'name' },
  ]);
});

test('no sign stands beside the end of a sentence, and a trigger word stays as it is', () => {
  const { text, identity } = compositePrompt(
    sources({
      description: 'Rain. It falls.',
      ada: { triggerWords: ['ada.v1.'], description: 'Tall.', keywords: ['red hair'] },
      style: { description: 'Ink and wash.' },
    }),
  );
  expect(identity).toBe('ada.v1., Ada, Tall, red hair');
  expect(text).toMatch(/^Rain\. It falls; close-up/u);
  expect(text).toContain('Noir, Ink and wash. Pier');
  expect(text).not.toMatch(/\.[;.]/u);
});

test('the pieces of a part are the part, whatever the words', () => {
  const words = fc.string({ maxLength: 40 });
  const list = fc.array(words, { maxLength: 3 });
  fc.assert(
    fc.property(words, list, list, words, (description, keywords, negative, about) => {
      const asset = { keywords, negative, description: about };
      const prompt = compositePrompt(sources({ description, ada: asset, place: asset, style: asset }));
      for (const part of ['direct', 'identity', 'aesthetic', 'context', 'negative'] as const) {
        const own = (prompt.spans ?? []).filter((span) => span.part === part);
        expect(own.map(({ text }) => text).join('')).toBe(prompt[part]);
      }
    }),
  );
});

test('what a character wears in the shot is said and drawn, and leads to its wardrobe', () => {
  const dressed = (variant: string | undefined) => {
    const made = sources({
      description: 'Rain',
      ada: {
        description: 'tall',
        wardrobe: [
          { id: 'booth', name: 'Booth', description: 'a blue overall', keywords: ['denim'] },
          { id: 'premiere', name: 'Premiere' },
        ],
      },
    });
    const [ada] = made.characters;
    const shot = Shot.parse({
      ...made.where.shot,
      wardrobe: variant === undefined ? {} : { [ada?.id ?? '']: variant },
    });
    const where = { ...made.where, shot };
    const assets = { ...made, location: made.location, style: made.style, pictures: new Map() };
    return { ...made, where, panel: resolvePanel(where, assets) };
  };
  const { identity, spans = [] } = compositePrompt(dressed('booth'));
  expect(identity).toBe('Ada, tall, wearing a blue overall, denim');
  expect(spans.find(({ text }) => text === 'a blue overall')?.source).toMatchObject({
    kind: 'character',
    name: 'Ada',
    field: 'wardrobe Booth',
  });
  expect(dressed('booth').panel.characters).toEqual([{ name: 'Ada', description: 'a blue overall; tall' }]);
  expect(compositePrompt(dressed('premiere')).identity).toBe('Ada, tall, wearing Premiere');
  expect(compositePrompt(dressed(undefined)).identity).toBe('Ada, tall');
});
