import { JobRequest } from '../../src/core/model/job.ts';

/** A valid job; say only what matters. */
export function aJob(fields: Partial<Record<keyof JobRequest, unknown>> = {}): JobRequest {
  return JobRequest.parse({
    id: globalThis.crypto.randomUUID(),
    projectId: 'film',
    projectRoot: '/film',
    sceneId: 'scene',
    shotId: 'shot',
    address: '01/01/01',
    folder: '03_Renders/Chapter_01/Scene_01/Shot_01',
    filePrefix: 'S01_S01',
    pipeline: { id: 'storyboard', kind: 'storyboard', version: '1' },
    quality: 'low',
    seed: 1,
    parameters: {},
    prompt: { direct: '', identity: '', aesthetic: '', context: '', negative: '', text: '' },
    panel: aPanel(),
    submitted: '2026-01-01T00:00:00Z',
    ...fields,
  });
}

function aPanel(): Record<string, unknown> {
  return {
    project: 'Film',
    address: '01/01/01',
    description: 'Somebody opens a door.',
    size: 'MS',
    angle: 'eye',
    movement: 'static',
    fps: 24,
    setting: 'INT',
    timeOfDay: 'day',
    styleKeywords: [],
    characters: [],
    width: 320,
    height: 180,
  };
}
