import { findNodeAtLocation, parseTree, type JSONPath, type Node } from 'jsonc-parser';
import type { TextPosition, TextRange } from '../protocol/problems.ts';
import { fromPointer } from './jsonPointer.ts';

/** What is known of where a problem is. */
export interface Where {
  readonly pointer?: string;
  readonly offset?: number;
}

/** The part of a text that a problem is about; where it is a field that is missing, what it is missing in. */
export function placeInText(text: string, where: Where): TextRange {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const bare = text.slice(mark);
  const { offset, length } =
    where.offset === undefined ? nodePlace(bare, where) : wordAt(bare, where.offset - mark);
  const starts = lineStarts(bare);
  return { start: positionAt(starts, offset), end: positionAt(starts, offset + length) };
}

interface Span {
  readonly offset: number;
  readonly length: number;
}

function nodePlace(text: string, { pointer = '' }: Where): Span {
  const tree = parseTree(text);
  if (tree === undefined) return { offset: 0, length: 0 };
  const path = fromPointer(pointer);
  for (let depth = path.length; depth > 0; depth--) {
    const node = findNode(tree, path.slice(0, depth));
    if (node !== undefined) return depth === path.length ? node : nameOf(node);
  }
  return { offset: tree.offset, length: 1 };
}

function findNode(tree: Node, path: JSONPath): Node | undefined {
  return findNodeAtLocation(tree, path);
}

/** The name of a field, or the bracket that begins an element of a list. */
function nameOf(node: Node): Span {
  const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  return key ?? { offset: node.offset, length: 1 };
}

/** What a reader sees at a place: the rest of the word, or one character. */
function wordAt(text: string, offset: number): Span {
  if (offset >= text.length) return { offset: Math.max(0, text.trimEnd().length - 1), length: 1 };
  const [word = ''] =
    /^("(?:[^"\\\r\n]|\\.)*"?|<{7}[^\r\n]*|[\w.+-]+|\S)?/.exec(text.slice(offset, offset + 1000)) ?? [];
  return { offset, length: Math.max(1, word.length) };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return starts;
}

function positionAt(starts: readonly number[], offset: number): TextPosition {
  const line = starts.findLastIndex((start) => start <= offset);
  return { line, character: offset - (starts[line] ?? 0) };
}
