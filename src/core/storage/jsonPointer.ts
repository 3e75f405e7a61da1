import type { JSONPath } from 'jsonc-parser';

/** A place in a JSON value in one string, RFC 6901. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Digits are an index here; no file of a film has a key of digits alone. */
export function fromPointer(pointer: string): JSONPath {
  const steps = pointer.split('/').slice(1);
  return steps.map((step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return /^\d+$/.test(name) ? Number(name) : name;
  });
}
