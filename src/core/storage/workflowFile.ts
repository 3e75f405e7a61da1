import * as z from 'zod';
import { AuteurError } from '../errors.ts';
import { Workflow } from '../model/comfyuiDefinition.ts';
import { readOwnJsonFile } from './jsonFile.ts';

/** A job carries its workflow, and so does its take. */
const mostCharacters = 4_000_000;

/** What ComfyUI's editor saves: a list of nodes with their places on the canvas. */
const EditorWorkflow = z.looseObject({ nodes: z.array(z.unknown()), links: z.array(z.unknown()) });

/** What was once sent to a server holds the workflow. */
const Sent = z.looseObject({ prompt: Workflow });

/**
 * Reads a workflow in API format.
 * @throws AuteurError `comfyui-workflow-format`, `file-unreadable`
 */
export async function readWorkflow(path: string): Promise<Workflow> {
  const { value, text } = await readOwnJsonFile(path, z.unknown());
  if (text.length > mostCharacters)
    throw new AuteurError('file-unreadable', { path, reason: 'it is larger than 4 MB' });
  if (EditorWorkflow.safeParse(value).success) throw new AuteurError('comfyui-workflow-format', { path });
  const sent = Sent.safeParse(value);
  if (sent.success) return sent.data.prompt;
  const workflow = Workflow.safeParse(value);
  if (workflow.success) return workflow.data;
  const issue = workflow.error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  const reason = `it is no workflow in API format (${where === '' ? '' : `${where}: `}${issue?.message ?? ''})`;
  throw new AuteurError('file-unreadable', { path, reason });
}
