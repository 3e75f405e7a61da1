import { expect, test } from 'vitest';
import { AssetId } from '../../core/model/ids.ts';
import type { AssetView } from '../../core/protocol/assetViews.ts';
import { categoryNodes, childrenOf, type AssetNode } from './assetNodes.ts';

const root = '/film';

function anAsset(name: string, folder: string, category: AssetView['category'] = 'characters'): AssetView {
  return { id: AssetId.parse(name), category, name, folder: `01_Assets/${folder}`, files: [] };
}

const assets = [
  anAsset('Ada', 'Characters/Ada'),
  anAsset('Bo', 'Characters/Crew/Bo'),
  anAsset('Cy', 'Characters/Crew/Deck/Cy'),
  anAsset('Elsewhere', 'Odd/Elsewhere'),
  {
    ...anAsset('Kitchen', 'Locations/Kitchen', 'locations'),
    files: [{ name: 'a.png', path: '/a.png', bytes: 1 }],
  },
];

function shown(nodes: readonly AssetNode[], depth = 0): readonly string[] {
  return nodes.flatMap((node) => {
    const label =
      node.kind === 'asset' || node.kind === 'file'
        ? node.view.name
        : node.kind === 'folder'
          ? `${node.within}/`
          : node.kind === 'category'
            ? node.category
            : node.name;
    return [`${' '.repeat(depth)}${label}`, ...shown(childrenOf(node, assets), depth + 1)];
  });
}

test('assets stand in their categories, in the folders they lie in, with their files', () => {
  expect(shown(categoryNodes(root, undefined))).toEqual([
    'characters',
    ' Crew/',
    '  Crew/Deck/',
    '   Cy',
    '  Bo',
    ' Ada',
    ' Elsewhere',
    'locations',
    ' Kitchen',
    '  a.png',
    'styles',
    'music',
  ]);
});

test('every node has an id of its own', () => {
  const all = (nodes: readonly AssetNode[]): readonly string[] =>
    nodes.flatMap((node) => [node.id, ...all(childrenOf(node, assets))]);
  const ids = all(categoryNodes(root, undefined));
  expect(new Set(ids).size).toBe(ids.length);
});
