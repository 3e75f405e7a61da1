import { isDeepStrictEqual } from 'node:util';
import { ShotList } from '../../model/shotList.ts';
import { parseJsonText } from '../jsonText.ts';

/** The shot list that a text is, or undefined for any other text. */
export function shotListIn(text: string): ShotList | undefined {
  const json = parseJsonText(text);
  return 'value' in json ? ShotList.safeParse(json.value).data : undefined;
}

/** Whether two texts say the same. Numbers that a shot list has given stay given, and are no difference. */
export function isSameText(one: string | undefined, other: string | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  const [first, second] = [shotListIn(one), shotListIn(other)];
  if (first === undefined || second === undefined) return false;
  return isDeepStrictEqual({ ...first, nextNumber: 1 }, { ...second, nextNumber: 1 });
}
