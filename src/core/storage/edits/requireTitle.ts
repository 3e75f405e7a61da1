import { excerpt } from '../../domain/excerpt.ts';
import { AuteurError } from '../../errors.ts';
import { Title } from '../../model/title.ts';

/** @throws AuteurError `value-invalid` */
export function requireTitle(title: string, field = 'title'): string {
  const name = Title.safeParse(title.trim());
  if (name.success) return name.data;
  throw new AuteurError('value-invalid', {
    name: field,
    value: excerpt(title),
    reason: 'it has 1 to 200 characters on one line, and at least one of them can be seen',
  });
}
