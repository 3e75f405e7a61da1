import * as vscode from 'vscode';
import type { Translate } from '../translate.ts';
import { beatText } from './beatText.ts';
import type { BeatNode, BeatsNode } from './nodes.ts';

const strong = 0.7;

/** How the emotional beats of a film look in its tree. */
export function beatLook(t: Translate, node: BeatsNode | BeatNode) {
  if (node.kind === 'beats') {
    const label = t('Emotional Beats');
    const description = String(node.view.beats.length);
    const text = { label, description, spoken: `${label}, ${description}` };
    return { text, icon: new vscode.ThemeIcon('graph-line'), context: 'beats', opens: true };
  }
  const { at, intensity } = node.view;
  const icon = new vscode.ThemeIcon(intensity >= strong ? 'heart-filled' : 'heart');
  const context = at === undefined ? 'beat' : 'beat.bound';
  return { text: beatText(t, node.view), icon, context, opens: false };
}
