import { expect, test } from 'vitest';
import type { ErrorCode } from '../core/errors.ts';
import type { PipelineView } from '../core/protocol/pipelineViews.ts';
import { stoodInFor } from './stoodInFor.ts';

function pipeline(id: string, code?: ErrorCode): PipelineView {
  const obstacle = code === undefined ? {} : { obstacle: { code, message: 'No.', data: {} } };
  return { id, kind: 'container', origin: 'built-in', vramGb: 12, qualities: [], ...obstacle };
}

const jobs = [{}, { fallback: { from: 'flux', reason: 'No.' } }];

test('what was stood in for is offered where nothing but the word of the user is missing', () => {
  const held = pipeline('flux', 'image-not-built');
  expect(stoodInFor(jobs, [pipeline('other', 'image-not-built'), held])).toBe(held);
  expect(stoodInFor(jobs, [pipeline('flux', 'engine-not-running')])).toBeUndefined();
  expect(stoodInFor(jobs, [pipeline('flux')])).toBeUndefined();
  expect(stoodInFor([{}], [held])).toBeUndefined();
});
