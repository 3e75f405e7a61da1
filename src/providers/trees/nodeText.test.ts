import { describe, expect, it } from 'vitest';
import { aJobView } from '../../../test/builders/aJobView.ts';
import { aShotView } from '../../../test/builders/aShotView.ts';
import { aTakeView } from '../../../test/builders/aTakeView.ts';
import { SceneId } from '../../core/model/ids.ts';
import { untranslated as t } from '../translate.ts';
import { projectText, sceneText, shortShotText, shotText, takeText } from './nodeText.ts';

describe('a project', () => {
  const project = { root: '/film', name: 'Dusk', chapters: 3, scenes: 1, readOnly: false };

  it('says how much there is of it', () => {
    expect(projectText(t, { ...project, quality: 'high' }).description).toBe('1 scene · high quality');
  });

  it('that cannot be read says so and nothing else', () => {
    const problem = { code: 'file-unreadable', message: '' };
    expect(projectText(t, { ...project, problem }).description).toBe('cannot be read');
  });
});

describe('a scene', () => {
  const scene = { id: SceneId.parse('s'), number: 7, address: '01/07', title: 'Kitchen' };

  it('reads like a slug line', () => {
    const text = sceneText(t, { ...scene, setting: 'INT', location: 'Lighthouse', timeOfDay: 'night' });
    expect(text).toMatchObject({ label: '07  Kitchen', description: 'INT Lighthouse – NIGHT' });
    expect(text.spoken).toBe('Scene 7, Kitchen, INT Lighthouse – NIGHT');
  });

  it('leaves out what is not known', () => {
    expect(sceneText(t, scene).description).toBe('');
    expect(sceneText(t, { ...scene, timeOfDay: 'day' }).description).toBe('DAY');
  });
});

describe('a shot', () => {
  it('says its framing and how many takes there are', () => {
    const view = aShotView({ number: 3, size: 'CU', angle: 'low', movement: 'pan' }, { takeCount: 2 });
    const text = shotText(t, view);
    expect(text.description).toBe('2 takes · CU · low angle · pan');
    expect(text.spoken).toContain('close-up');
  });

  it('says first how far its job is', () => {
    const running = aJobView({ status: 'running', progress: 0.459 });
    expect(shotText(t, aShotView(), running).description).toBe('45% · no takes');
    expect(shotText(t, aShotView(), aJobView()).description).toBe('waiting · no takes');
    expect(shotText(t, aShotView(), aJobView({ status: 'error' })).description).toBe('failed · no takes');
  });

  it('is never at 100% before its take is recorded', () => {
    const text = shotText(t, aShotView(), aJobView({ status: 'running', progress: 1 }));
    expect(text.description).toBe('99% · no takes');
  });

  it('is short in the tree, and whole to who hears it', () => {
    const description = 'Rain on the skylight. Two projectors stand like sleeping animals';
    const { label, spoken } = shortShotText(t, aShotView({ number: 1, description }));
    expect(label).toBe('01  Rain on the skylight. Two…');
    expect(spoken).toContain('Two projectors stand like');
    expect(shortShotText(t, aShotView({ number: 2, description: 'Rain' })).label).toBe('02  Rain');
  });

  it('shows one line of a long description, and cuts no character in two', () => {
    const { label } = shotText(t, aShotView({ number: 1, description: `${'🎬'.repeat(70)}\nmore` }));
    expect(label).toBe(`01  ${'🎬'.repeat(59)}…`);
  });
});

describe('a take', () => {
  it('says which pipeline made it, with which seed, and whether it is shown', () => {
    expect(takeText(t, aTakeView({ number: 12, shown: 'active' }))).toMatchObject({
      label: 'Take 12',
      description: 'active · storyboard · seed 7',
    });
  });

  it('says what was decided about it, and that its sources have changed', () => {
    const review = { rating: 3, status: 'rejected' } as const;
    const { description } = takeText(t, aTakeView({ review, stale: ['size'] }));
    expect(description).toBe('★★★ · rejected · stale · storyboard · seed 7');
  });

  it('says when there is nothing to open', () => {
    expect(takeText(t, aTakeView({ media: 'pointer' })).description).toContain('not downloaded');
  });
});
