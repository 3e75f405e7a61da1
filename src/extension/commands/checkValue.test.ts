import { expect, test } from 'vitest';
import type { NodeKind } from '../../core/domain/fieldForms.ts';
import { checkValue } from './checkValue.ts';

const t = (sentence: string): string => sentence;

test.each<[NodeKind, string, string, RegExp | undefined]>([
  ['project', 'fps', '24000/1001', undefined],
  ['project', 'fps', '23.976', undefined],
  ['project', 'fps', '24000/0', /such as 24000\/1001/],
  ['project', 'fps', '0/1', /such as 24000\/1001/],
  ['project', 'fps', '1/2', /from 1 to 1000/],
  ['project', 'fps', 'abc', /such as 24,/],
  ['project', 'fps', '', /such as 24,/],
  ['project', 'resolution', '1920 x 1080', undefined],
  ['project', 'resolution', '0x0', /such as 1920x1080/],
  ['project', 'resolution', '1920', /such as 1920x1080/],
  ['project', 'resolution', 'x', /such as 1920x1080/],
  ['project', 'aspectRatio', '2.39:1', undefined],
  ['project', 'aspectRatio', '0:0', /such as 16:9/],
  ['project', 'aspectRatio', '0:1', /such as 16:9/],
  ['project', 'aspectRatio', '1:0.0', /such as 16:9/],
  ['project', 'aspectRatio', '11:1', /to 10:1/],
  ['shot', 'lens', '35', undefined],
  ['shot', 'lens', '', undefined],
  ['shot', 'lens', 'abc', /millimetres/],
  ['shot', 'lens', '0', /millimetres/],
  ['shot', 'lens', '35mm', undefined],
  ['shot', 'lens', '35 s', /millimetres/],
  ['shot', 'duration', '0', /seconds/],
  ['shot', 'duration', '4 sec', undefined],
  ['shot', 'duration', '1 min', /seconds/],
  ['shot', 'description', ' ', /at least one word/],
  ['shot', 'dialogue', '', undefined],
  ['chapter', 'title', ' ', /at least one word/],
])('of a %s, %s typed as %j: %s', (kind, name, typed, problem) => {
  expect(checkValue(t, kind, name, typed)).toEqual(
    problem === undefined ? {} : { problem: expect.stringMatching(problem) as string },
  );
});
