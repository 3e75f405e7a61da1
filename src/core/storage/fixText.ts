import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ProblemFix } from '../protocol/problemFix.ts';
import type { TextChange } from '../protocol/problems.ts';
import { editJsonText } from './jsonFile.ts';
import { fromPointer } from './jsonPointer.ts';
import { parseJsonText } from './jsonText.ts';
import { differenceOf } from './textDifference.ts';

/** How a text is mended; undefined where it no longer holds what the fix is about. */
export function fixText(text: string, { found, edits }: ProblemFix): TextChange | undefined {
  const json = parseJsonText(text);
  if ('problem' in json) return undefined;
  if (!isDeepStrictEqual(valueAt(json.value, found.pointer), found.value)) return undefined;
  const after = editJsonText(
    text,
    edits.map(({ pointer, value, freshId }) => ({
      path: fromPointer(pointer),
      value: freshId === true ? randomUUID() : value,
    })),
  );
  return differenceOf(text, after);
}

function valueAt(value: unknown, pointer: string): unknown {
  return fromPointer(pointer).reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );
}
