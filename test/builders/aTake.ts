import { Take } from '../../src/core/model/take.ts';

/** A valid take; say only what matters. */
export function aTake(fields: Partial<Record<keyof Take, unknown>> = {}): Take {
  const number = typeof fields['number'] === 'number' ? fields['number'] : 1;
  return Take.parse({
    schemaVersion: 1,
    id: `job-${number}`,
    projectId: 'film',
    shotId: 'shot',
    address: '01/01/01',
    number,
    files: [
      {
        name: `S01_S01_take${String(number).padStart(2, '0')}.png`,
        mediaType: 'image/png',
        bytes: 3,
        sha256: '0'.repeat(64),
      },
    ],
    pipeline: { id: 'storyboard', kind: 'storyboard', version: '1' },
    quality: 'low',
    seed: 1,
    parameters: {},
    prompt: { direct: '', identity: '', aesthetic: '', context: '', negative: '', text: '' },
    inputs: [],
    submitted: '2026-01-01T00:00:00Z',
    started: '2026-01-01T00:00:01Z',
    finished: '2026-01-01T00:00:02Z',
    host: { name: 'here', platform: 'linux-x64', auteur: '0' },
    ...fields,
  });
}
