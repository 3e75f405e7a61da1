import { describe, expect, it, vi } from 'vitest';
import { noAssets } from '../../test/builders/noAssets.ts';
import { AuteurError } from '../core/errors.ts';
import type { ProjectSummary } from '../core/protocol/views.ts';
import { ProjectIndex } from './projectIndex.ts';

function aProject(root: string, fields: Partial<ProjectSummary> = {}): ProjectSummary {
  return { root, name: root, chapters: 0, scenes: 0, readOnly: false, ...fields };
}

const broken = aProject('/ws/Projects/b', { problem: { code: 'file-unreadable', message: 'no' } });

function anIndex({ trusted = true, projects = [] as readonly string[] } = {}) {
  const openProject = vi.fn((root: string) => Promise.resolve(aProject(root)));
  const closeProject = vi.fn<(root: string) => Promise<void>>(() => Promise.resolve());
  let listed = [aProject('/ws/Projects/a'), broken];
  const index = new ProjectIndex({
    studio: {
      listProjects: () => Promise.resolve(listed),
      openProject,
      closeProject,
      film: (root) =>
        root === '/bad'
          ? Promise.reject(new AuteurError('file-unreadable', { path: root, reason: 'cut off' }))
          : Promise.resolve({ project: aProject(root), chapters: [], assets: noAssets, beats: [] }),
    },
    trusted: () => trusted,
    places: () => Promise.resolve({ workspaces: ['/ws'], projects }),
    log: () => undefined,
  });
  return {
    index,
    opened: () => openProject.mock.calls.map(([root]) => root),
    closed: () => closeProject.mock.calls.map(([root]) => root),
    empty: () => {
      listed = [];
    },
  };
}

describe('ProjectIndex', () => {
  it('lists open project folders and those of the workspace, each once', async () => {
    const { index } = anIndex({ projects: ['/mine', '/ws/Projects/a'] });
    expect((await index.refresh()).map(({ root }) => root)).toEqual([
      '/mine',
      '/ws/Projects/a',
      '/ws/Projects/b',
    ]);
  });

  it('lists a folder that cannot be read with its problem', async () => {
    const { index } = anIndex({ projects: ['/bad'] });
    expect((await index.refresh())[0]).toMatchObject({ root: '/bad', problem: { code: 'file-unreadable' } });
  });

  it('opens each readable project once', async () => {
    const { index, opened } = anIndex();
    await index.refresh();
    await index.refresh();
    expect(opened()).toEqual(['/ws/Projects/a']);
  });

  it('closes a project that is gone', async () => {
    const { index, closed, empty } = anIndex();
    await index.refresh();
    empty();
    await index.refresh();
    expect(closed()).toEqual(['/ws/Projects/a']);
  });

  it('opens nothing in a folder that is not trusted', async () => {
    const { index, opened } = anIndex({ trusted: false });
    await index.refresh();
    expect(opened()).toEqual([]);
  });
});
