import { expect, test } from 'vitest';
import { aJob } from '../../../test/builders/aJob.ts';
import { aTake } from '../../../test/builders/aTake.ts';
import { Panel } from '../model/panel.ts';
import { changedSources, type SourcesNow } from './staleness.ts';

const { panel, prompt } = aJob();
const parameters = { width: 320, height: 180, fps: 24 };
const pipeline = { id: 'storyboard', kind: 'storyboard', version: '1' } as const;
const take = (more: object = {}) => aTake({ panel, prompt, parameters, pipeline, ...more });

function now(change: Partial<SourcesNow['resolved']> = {}, more: Partial<SourcesNow> = {}): SourcesNow {
  return { resolved: { panel, prompt, parameters, ...change }, changedInputs: [], pipeline, ...more };
}

test('a take whose sources are what they were is not stale', () => {
  expect(changedSources(take(), now())).toEqual([]);
});

test('a field of the shot is named, and not once more the part of the prompt that follows from it', () => {
  const changed = { panel: { ...panel, size: 'CU' as const }, prompt: { ...prompt, direct: 'close-up' } };
  expect(changedSources(take(), now(changed))).toEqual(['size']);
});

test('a part of the prompt that no field explains is named itself', () => {
  expect(changedSources(take(), now({ prompt: { ...prompt, context: 'All is lost.' } }))).toEqual([
    'context',
  ]);
});

test('to decide what nobody decided, or no more, is a change of it; that the camera stands still is said nowhere', () => {
  const open = (...undecided: readonly string[]) => ({ panel: Panel.parse({ ...panel, undecided }) });
  expect(changedSources(take(open('angle', 'setting')), now(open('angle', 'setting')))).toEqual([]);
  expect(changedSources(take(open('angle', 'setting')), now(open('angle')))).toEqual(['setting']);
  expect(changedSources(take(open()), now(open('timeOfDay')))).toEqual(['timeOfDay']);
  expect(changedSources(take(open('movement')), now(open()))).toEqual([]);
});

test('what only stands on the slate makes nothing stale', () => {
  const moved = { ...panel, address: '04/05/06', project: 'Another title' };
  expect(changedSources(take(), now({ panel: moved }))).toEqual([]);
});

test('a picture, a resolution and a pipeline that are others now are named', () => {
  const other = { ...pipeline, version: '2' };
  const inputs = { changedInputs: ['01_Assets/a.png'], pipeline: other };
  const larger = { parameters: { ...parameters, width: 640 }, panel: { ...panel, width: 640 } };
  expect(changedSources(take(), now(larger, inputs))).toEqual(['width', 'inputs', 'pipeline']);
});

test('an older take, which kept no panel, is compared by its prompt', () => {
  const changed = { panel: { ...panel, size: 'CU' as const }, prompt: { ...prompt, direct: 'close-up' } };
  expect(changedSources(take({ panel: undefined }), now(changed))).toEqual(['direct']);
});

test('a pipeline that this machine does not know makes nothing stale', () => {
  expect(changedSources(take(), now({}, { pipeline: undefined }))).toEqual([]);
});
