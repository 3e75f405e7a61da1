import { expect, test } from 'vitest';
import { AuteurError } from '../errors.ts';
import { Project } from '../model/project.ts';
import { narrativeTemplates } from './narrativeTemplates.ts';
import { newProject } from './newProject.ts';

const now = new Date('2026-01-02T03:04:05Z');

test.each(narrativeTemplates.map(({ id }) => id))(
  '%s fills chapters and beats that fit the model',
  (structure) => {
    const project = Project.parse(newProject({ name: 'A', quality: 'low', structure, now }));
    const { chapters, emotionalBeats, nextNumber } = project.narrative;
    expect(chapters.length).toBeGreaterThan(2);
    expect(nextNumber).toBe(chapters.length + 1);
    const positions = emotionalBeats.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(positions.at(0)).toBe(0);
    expect(positions.at(-1)).toBe(1);
    expect(emotionalBeats.every(({ chapter }) => chapters.some(({ id }) => id === chapter))).toBe(true);
  },
);

test('an unknown structure names the known ones', () => {
  expect(() => newProject({ name: 'A', quality: 'low', structure: 'no', now })).toThrow(AuteurError);
  expect(() => newProject({ name: 'A', quality: 'low', structure: 'no', now })).toThrow('"no"');
});
