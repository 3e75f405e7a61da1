import { JobId, ProjectId, ShotId } from '../../src/core/model/ids.ts';
import type { JobView } from '../../src/core/protocol/views.ts';

/** A job as a view shows it; say only what matters. */
export function aJobView(fields: Partial<Omit<JobView, 'id'>> & { id?: string } = {}): JobView {
  const { id = 'job', ...rest } = fields;
  return {
    id: JobId.parse(id),
    projectId: ProjectId.parse('film'),
    projectRoot: '/film',
    projectName: 'Film',
    shotId: ShotId.parse('shot'),
    address: '01/01/01',
    status: 'pending',
    progress: 0,
    step: '',
    pipeline: { id: 'storyboard', kind: 'storyboard', version: '1' },
    seed: 1,
    submitted: '2026-01-01T00:00:00Z',
    quarantined: false,
    ...rest,
  };
}
