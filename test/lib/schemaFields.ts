/** A JSON Schema, as far as its fields are read here. */
interface Schema {
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  /** Of every member alike, or of each in its place. */
  readonly items?: Schema | readonly Schema[];
}

/** The fields a JSON Schema knows, from the root; a member of a list is `*`. */
export function schemaFields(schema: Schema): ReadonlySet<string> {
  return new Set([...fieldsIn(schema, [])].map((path) => path.join('.')));
}

function* fieldsIn(
  { anyOf = [], properties = {}, items = [] }: Schema,
  path: readonly string[],
): Generator<readonly string[]> {
  for (const one of anyOf) yield* fieldsIn(one, path);
  for (const one of [items].flat()) yield* fieldsIn(one, [...path, '*']);
  for (const [key, inner] of Object.entries(properties)) {
    yield [...path, key];
    yield* fieldsIn(inner, [...path, key]);
  }
}

/** The same of the path to a value. */
export function fieldAt(path: readonly (string | number)[]): string {
  return path.map((step) => (typeof step === 'number' ? '*' : step)).join('.');
}
