import { findNodeAtLocation, parseTree, type Edit, type JSONPath } from 'jsonc-parser';

/**
 * How a member is taken out of a list; undefined where it is not there.
 * jsonc-parser takes the last one out well only where the list ends in a line of its own.
 */
export function memberRemoval(text: string, path: JSONPath): Edit[] | undefined {
  const tree = parseTree(text);
  const list = tree && findNodeAtLocation(tree, path.slice(0, -1));
  const index = path.at(-1);
  if (list?.children === undefined || typeof index !== 'number') return undefined;
  const members = list.children;
  const member = members[index];
  if (member === undefined) return undefined;
  if (members.length === 1) return [{ offset: list.offset + 1, length: list.length - 2, content: '' }];
  const [previous, next] = [members[index - 1], members[index + 1]];
  const end = member.offset + member.length;
  const from =
    previous !== undefined && next === undefined ? previous.offset + previous.length : member.offset;
  return [{ offset: from, length: (next?.offset ?? end) - from, content: '' }];
}
