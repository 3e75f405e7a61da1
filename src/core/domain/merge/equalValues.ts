export type Fields = Readonly<Record<string, unknown>>;

/** An object of JSON, and no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same of one that is a copy, and may be changed. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return isFields(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Whether two values of JSON are the same, in whatever order their keys stand. */
export function equalValues(one: unknown, other: unknown): boolean {
  if (isList(one) && isList(other))
    return one.length === other.length && one.every((value, index) => equalValues(value, other[index]));
  if (!isFields(one) || !isFields(other)) return one === other;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && equalValues(one[key], other[key]))
  );
}
