import * as vscode from 'vscode';
import { legible } from '../../core/domain/legible.ts';
import type { DocumentKind } from '../../core/model/documentKind.ts';
import type { CommandId } from '../contributions.ts';
import type { Translate } from '../translate.ts';
import type { DocumentNode, DocumentsNode } from './nodes.ts';
import type { NodeText } from './nodeText.ts';

const open: CommandId = 'auteur.document.open';

const icons: Readonly<Record<DocumentKind, string>> = {
  treatment: 'note',
  screenplay: 'file-text',
  'beat-sheet': 'graph-line',
  'shot-list': 'list-ordered',
};

export function documentKindName(t: Translate, kind: DocumentKind): string {
  const names: Readonly<Record<DocumentKind, string>> = {
    treatment: t('treatment'),
    screenplay: t('screenplay'),
    'beat-sheet': t('beat sheet'),
    'shot-list': t('shot list'),
  };
  return names[kind];
}

/** How the documents of a film look in its tree. */
export function documentLook(t: Translate, node: DocumentsNode | DocumentNode) {
  if (node.kind === 'documents') {
    const text = spoken(t('Documents'), String(node.view.documents.length));
    return { text, icon: new vscode.ThemeIcon('files'), context: 'documents', opens: true };
  }
  const { name, kind, problem, updates } = node.view;
  const description = problem === undefined ? documentKindName(t, kind) : t('cannot be read');
  const icon =
    problem === undefined
      ? new vscode.ThemeIcon(icons[kind])
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  const context = updates ? 'document.updates' : 'document';
  return { text: spoken(legible(name), description), icon, context, opens: false };
}

function spoken(label: string, description: string): NodeText {
  return { label, description, spoken: `${label}, ${description}` };
}

export function openDocument(t: Translate, { root, path }: DocumentNode): vscode.Command {
  return { command: open, title: t('Open Document'), arguments: [{ root, path }] };
}
