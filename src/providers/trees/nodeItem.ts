import * as vscode from 'vscode';
import { isVideo } from '../../core/domain/sniffMedia.ts';
import type { CommandId } from '../contributions.ts';
import type { Translate } from '../translate.ts';
import { beatLook } from './beatItem.ts';
import { shotUri } from './shotDecorations.ts';
import { documentLook, openDocument } from './documentItem.ts';
import type { FilmNode, ProjectNode, SceneNode, ShotNode, TakeNode } from './nodes.ts';
import {
  chapterText,
  problemText,
  projectText,
  sceneText,
  shortShotText,
  takeText,
  type NodeText,
} from './nodeText.ts';

interface Look {
  readonly text: NodeText;
  readonly icon: vscode.ThemeIcon;
  readonly context: string;
  readonly opens: boolean;
}

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
const openTake: CommandId = 'auteur.take.open';

function coloured(icon: string, colour: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
}

function projectIcon({ view }: ProjectNode): vscode.ThemeIcon {
  if (view.problem !== undefined) return coloured('warning', 'list.warningForeground');
  return new vscode.ThemeIcon(view.readOnly ? 'lock' : 'device-camera-video');
}

function projectContext({ view }: ProjectNode): string {
  if (view.problem !== undefined) return 'project.broken';
  return view.readOnly ? 'project.readOnly' : 'project';
}

/** What is shown below it is as it was read last. */
function sceneIcon({ problem }: SceneNode): vscode.ThemeIcon {
  return problem === undefined
    ? new vscode.ThemeIcon('list-tree')
    : coloured('warning', 'list.warningForeground');
}

function shotIcon({ job, view }: ShotNode): vscode.ThemeIcon {
  if (job?.status === 'running') return new vscode.ThemeIcon('sync~spin');
  if (job?.status === 'pending') return new vscode.ThemeIcon('clock');
  if (job?.status === 'error') return coloured('error', 'list.errorForeground');
  return view.problem === undefined
    ? new vscode.ThemeIcon('device-camera')
    : coloured('warning', 'list.warningForeground');
}

function takeIcon({ view }: TakeNode): vscode.ThemeIcon {
  if (view.media === 'pointer') return new vscode.ThemeIcon('cloud-download');
  if (view.media === 'missing') return coloured('warning', 'list.warningForeground');
  if (view.shown === 'active') return coloured('pass-filled', 'testing.iconPassed');
  if (view.review?.status === 'rejected') return coloured('circle-slash', 'disabledForeground');
  if (view.review?.status === 'approved') return coloured('thumbsup', 'testing.iconPassed');
  return view.stale === undefined
    ? new vscode.ThemeIcon(isVideo(view.mediaType) ? 'play-circle' : 'file-media')
    : coloured('history', 'disabledForeground');
}

function isActive({ job }: ShotNode): boolean {
  return job?.status === 'running' || job?.status === 'pending';
}

function look(t: Translate, node: FilmNode): Look {
  switch (node.kind) {
    case 'project': {
      const opens = node.view.problem === undefined || node.view.chapters > 0;
      return {
        text: projectText(t, node.view),
        icon: projectIcon(node),
        context: projectContext(node),
        opens,
      };
    }
    case 'chapter': {
      const opens = node.view.scenes.length > 0;
      return {
        text: chapterText(t, node.view),
        icon: new vscode.ThemeIcon('book'),
        context: 'chapter',
        opens,
      };
    }
    case 'scene':
      return {
        text: sceneText(t, node.view, node.problem),
        icon: sceneIcon(node),
        context: 'scene',
        opens: true,
      };
    case 'shot': {
      const context = isActive(node) ? 'shot.active' : 'shot';
      const opens = node.view.takeCount > 0;
      return { text: shortShotText(t, node.view, node.job), icon: shotIcon(node), context, opens };
    }
    case 'take': {
      const context = node.view.shown === 'active' ? 'take.active' : 'take';
      return { text: takeText(t, node.view), icon: takeIcon(node), context, opens: false };
    }
    case 'beats':
    case 'beat':
      return beatLook(t, node);
    case 'documents':
    case 'document':
      return documentLook(t, node);
    case 'problem': {
      const icon = coloured('error', 'list.errorForeground');
      return { text: problemText(t, node.view), icon, context: 'problem', opens: false };
    }
  }
}

/** The line of the tree for a node; what takes time to say is in its tooltip. */
export function nodeItem(t: Translate, node: FilmNode, expanded = false): vscode.TreeItem {
  const { text, icon, context, opens } = look(t, node);
  const item = new vscode.TreeItem(text.label, opens ? (expanded ? Expanded : Collapsed) : None);
  item.id = node.id;
  item.iconPath = icon;
  item.description = text.description;
  item.contextValue = context;
  item.accessibilityInformation = { label: text.spoken };
  if (node.kind === 'shot') item.resourceUri = shotUri(node.shotId);
  if (node.kind === 'document') item.command = openDocument(t, node);
  if (node.kind === 'take') {
    const { root, shotId, takeId } = node;
    item.command = { command: openTake, title: t('Open Take'), arguments: [{ root, shotId, takeId }] };
  }
  return item;
}
