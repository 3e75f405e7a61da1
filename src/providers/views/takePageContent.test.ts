import { describe, expect, test } from 'vitest';
import { takeOf } from '../../../test/lib/bigFilm.ts';
import { newId, ProjectId, ShotId } from '../../core/model/ids.ts';
import type { RecipeView } from '../../core/protocol/recipe.ts';
import type { TakePage } from '../../core/protocol/takePage.ts';
import type { TakeView } from '../../core/protocol/views.ts';
import { comparePage, promptPage, recipePage } from './takePageContent.ts';

const needs = {
  about: { about: 'prompt', root: '/film', address: '01/02/03' } as const,
  t: (message: string, values: Readonly<Record<string, string | number | boolean>> = {}) =>
    message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)),
  srcOf: (file: string) => `page:${file}`,
  timeOf: (iso: string) => `at ${iso}`,
};

function recipe(number: number, view: Partial<TakeView> = {}, change: Partial<RecipeView> = {}): RecipeView {
  const shotId = newId(ShotId);
  const address = '01/02/03';
  const folder = '03_Renders/Chapter_01/Scene_02/Shot_03';
  const take = { ...takeOf({ projectId: newId(ProjectId), shotId, address, folder }, number), seed: number };
  const { id, quality, seed, pipeline } = take;
  return {
    take,
    view: {
      ...{ id, shotId, address, number, quality, seed, pipeline },
      path: `/film/${folder}/${String(number)}.png`,
      media: 'present',
      mediaType: 'image/png',
      bytes: 1,
      created: take.finished,
      ...view,
    },
    inputs: [],
    gaps: [],
    ...change,
  };
}

function rowsOf(page: TakePage, heading: string): Readonly<Record<string, readonly string[]>> {
  const found = page.sections.find((section) => section.heading === heading);
  if (found?.kind !== 'facts') throw new Error(`no ${heading} among ${JSON.stringify(page.sections)}`);
  return Object.fromEntries(found.rows.map(({ name, values }) => [name, values]));
}

describe('how a take was made', () => {
  test('shows its picture, what it was made with, and what can be done', () => {
    const page = recipePage(needs, recipe(7, { width: 1920, height: 1080, shown: 'active' }));
    expect(page.title).toBe('Take 07 of shot 01/02/03');
    expect(page.pictures).toMatchObject([
      { src: expect.stringMatching(/^page:\/film\/.*7\.png$/) as string },
    ]);
    expect(rowsOf(page, 'How it was made')).toMatchObject({
      Seed: ['7'],
      Pipeline: ['storyboard 1.0.0'],
      Picture: ['1920 × 1080 · image/png'],
    });
    expect(page.actions.map(({ id }) => id)).toEqual(['regenerate', 'open']);
    expect(page.notes).toEqual([]);
  });

  test('plays it where it moves, with its length and how it is coded', () => {
    const video = { width: 1920, height: 1080, mediaType: 'video/mp4', duration: 2.5, poster: '/film/b.jpg' };
    const page = recipePage(needs, recipe(7, { ...video, path: '/film/7.mp4' }));
    expect(page.pictures).toEqual([
      {
        kind: 'video',
        label: 'Take 07 of shot 01/02/03',
        alt: 'Video of take 7 of shot 01/02/03',
        src: 'page:/film/7.mp4',
        poster: 'page:/film/b.jpg',
      },
    ]);
    expect(rowsOf(page, 'How it was made')).toMatchObject({ Video: ['1920 × 1080 · 2.5 s · video/mp4'] });
    expect(page.actions).toContainEqual({ id: 'open', label: 'Open Video' });
  });

  test('offers to make a take active that is not', () => {
    const page = recipePage(needs, recipe(7, { shown: 'latest' }));
    expect(page.actions.map(({ id }) => id)).toContain('activate');
  });

  test('says what is not as it was', () => {
    const path = '01_Assets/Characters/Ada/face.png';
    const inputs = [{ path, sha256: 'ab', state: 'changed' }] as const;
    const page = recipePage(needs, recipe(1, {}, { inputs, gaps: [{ is: 'input-changed', path }] }));
    expect(page.notes).toEqual([`Not as it was: ${path} was changed since.`]);
    expect(rowsOf(page, 'Input files')).toEqual({ [path]: ['changed since  SHA-256 ab'] });
  });

  test.each(['pointer', 'missing', 'deleted'] as const)('shows no picture that is %s', (media) => {
    expect(recipePage(needs, recipe(1, { media })).pictures).toEqual([]);
  });
});

describe('two takes', () => {
  test('are side by side, what differs first', () => {
    const page = comparePage(needs, [recipe(1), recipe(2)]);
    expect(page.title).toBe('Take 01 ↔ Take 02');
    expect(page.pictures.map(({ label }) => label)).toEqual(['Take 01', 'Take 02']);
    expect(page.sections.map(({ heading }) => heading)).toEqual(['Different', 'The same']);
    expect(rowsOf(page, 'Different')).toMatchObject({ Seed: ['1', '2'] });
    expect(rowsOf(page, 'The same')).toHaveProperty('Pipeline');
  });

  test('of which one has no picture say so, and name the other', () => {
    const page = comparePage(needs, [recipe(1, { media: 'deleted' }), recipe(2)]);
    expect(page.notes).toEqual(['Take 01: deleted']);
    expect(page.pictures.map(({ label }) => label)).toEqual(['Take 02']);
  });
});

test('the words of a prompt name where they come from, and none can hide', () => {
  const { take } = recipe(1);
  const source = { kind: 'character', id: 'ada', name: 'Ada\u202Egro', field: 'description' } as const;
  const spans = [
    { part: 'identity', text: 'a tall woman', source },
    { part: 'identity', text: ', ' },
  ] as const;
  const page = promptPage(needs, {
    address: '01/02/03',
    prompt: { ...take.prompt, identity: 'a tall woman, ', spans: [...spans] },
  });
  const [section] = page.sections;
  expect(section).toMatchObject({ kind: 'prompt' });
  const identity =
    section?.kind === 'prompt' ? section.parts.find(({ name }) => name === 'Identity') : undefined;
  expect(identity?.words[0]?.text).toBe('a tall woman');
  expect(identity?.words[0]?.source?.label).toMatch(/^character Ada.+gro: description$/);
  expect(identity?.words[0]?.source?.label).not.toContain('\u202E');
  expect(identity?.words[1]).toEqual({ text: ', ' });
});
