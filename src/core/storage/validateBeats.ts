import type { Project } from '../model/project.ts';
import { repeated, type Report } from './problems.ts';

/** Ids of emotional beats; what they are bound to is looked at with the other references. */
export function checkBeats({ narrative }: Project, report: Report): void {
  const ids = narrative.emotionalBeats.flatMap(({ id }) => id ?? []);
  for (const id of repeated(ids)) {
    report({
      path: 'project.json',
      code: 'id-repeated',
      message: `Two emotional beats have the id ${id}.`,
      hint: 'Give one of them a new id.',
    });
  }
}
