import * as vscode from 'vscode';
import type { JobView } from '../../core/protocol/views.ts';
import { executeCommand } from '../../providers/executeCommand.ts';
import { failureText } from '../../providers/errorText.ts';
import { plainMessage } from '../../providers/plainText.ts';
import { stoodInFor } from '../../providers/stoodInFor.ts';
import type { Services } from '../services.ts';

/** Those that were offered since the window was opened. */
const offered = new Set<string>();

/** Offers, once in each window, what the storyboard stands in for only because the user was never asked. */
export function offerStoodIn(needs: Services, root: string, jobs: readonly JobView[]): void {
  const names = jobs.flatMap(({ fallback }) => fallback?.from ?? []);
  if (names.every((name) => offered.has(name))) return;
  offer(needs, root, jobs).catch((error: unknown) => {
    needs.log.warn(`${root}: ${String(error)}`);
  });
}

async function offer({ studio, t }: Services, root: string, jobs: readonly JobView[]): Promise<void> {
  const { pipelines } = await studio.pipelines(root);
  const held = stoodInFor(jobs, pipelines);
  if (held?.obstacle === undefined || offered.has(held.id)) return;
  offered.add(held.id);
  const { id, obstacle } = held;
  const reason = failureText(t, obstacle.code, obstacle.data);
  const text = t('The storyboard stands in for {pipeline}: {reason}', { pipeline: id, reason });
  const allow = t('Allow {pipeline}', { pipeline: id });
  const answer = await vscode.window.showInformationMessage(plainMessage(text), allow);
  if (answer === allow) executeCommand('auteur.pipeline.allow', { place: root, id });
}
