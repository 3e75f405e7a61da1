import { expect, test } from 'vitest';
import { aTakeView } from '../../../test/builders/aTakeView.ts';
import { measureWords, stillOf } from './takeMedia.ts';

const t = (message: string, values: Readonly<Record<string, string | number | boolean>> = {}): string =>
  message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

test.each([
  ['a picture is its own still', {}, '/film/take01.png'],
  ['one that was not downloaded has none', { media: 'pointer' }, undefined],
  ['a video has its poster', { mediaType: 'video/mp4', poster: '/film/take01_b.jpg' }, '/film/take01_b.jpg'],
  [
    'also where it was not downloaded itself',
    { mediaType: 'video/mp4', media: 'pointer', poster: '/b' },
    '/b',
  ],
  ['or none', { mediaType: 'video/mp4' }, undefined],
] as const)('%s', (_what, fields, still) => {
  expect(stillOf(aTakeView(fields))).toBe(still);
});

test('what is known of its size and length is said', () => {
  const video = aTakeView({ width: 1920, height: 1080, duration: 2.4567 });
  expect(measureWords(t, video)).toEqual(['1920 × 1080', '2.46 s']);
  expect(measureWords(t, aTakeView())).toEqual([]);
});
