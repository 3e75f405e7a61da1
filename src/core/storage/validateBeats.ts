import type { Project } from '../model/project.ts';
import { repeated, type Report } from './problems.ts';

/** What emotional beats are bound to, and their ids. */
export function checkBeats({ narrative }: Project, report: Report): void {
  const path = 'project.json';
  const { chapters, emotionalBeats } = narrative;
  const known = new Set<string>(
    chapters.flatMap(({ id, scenes }) => [id, ...scenes.map((scene) => scene.id)]),
  );
  emotionalBeats.forEach(({ name, chapter, scene }, index) => {
    for (const [what, id] of Object.entries({ chapter, scene })) {
      if (id === undefined || known.has(id)) continue;
      report({
        path,
        code: 'beat-dangling',
        message: `The emotional beat "${name}" is bound to the ${what} ${id}, which is not in the film.`,
        hint: `Bind it to another, or to nothing: auteur beat set ${String(index + 1)} at=`,
      });
    }
  });
  const ids = emotionalBeats.flatMap(({ id }) => id ?? []);
  for (const id of repeated(ids)) {
    report({
      path,
      code: 'id-repeated',
      message: `Two emotional beats have the id ${id}.`,
      hint: 'Give one of them a new id.',
    });
  }
}
