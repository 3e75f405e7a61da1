import { getLocation, parse } from 'jsonc-parser';
import * as z from 'zod/mini';
import { tasks } from '../contributions.ts';

/** Where in a tasks.json something of ours is typed. */
export interface TaskPlace {
  readonly about: 'shots' | 'project';
  /** The film that the task names. */
  readonly project: string | undefined;
  /** The text that is there already, quotation marks and all; empty at the cursor where there is none. */
  readonly offset: number;
  readonly length: number;
}

const OurTask = z.object({ type: z.literal(tasks.type), project: z.exactOptional(z.string()) });
const File = z.object({ tasks: z.array(z.unknown()) });
/** A workspace of several folders has the same within. */
const Workspace = z.object({ tasks: File });

/** Undefined where it is no value of a task of ours that is about the film. */
export function taskPlaceAt(text: string, offset: number): TaskPlace | undefined {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
  const isWorkspace = path[0] === 'tasks' && path[1] === 'tasks';
  const [list, index, name, ...within] = isWorkspace ? path.slice(1) : path;
  if (isAtPropertyKey || list !== 'tasks' || typeof index !== 'number') return undefined;
  const isShots = name === 'shots' && within.length === 1;
  const isProject = name === 'project' && within.length === 0;
  if (!isShots && !isProject) return undefined;
  const task = OurTask.safeParse(tasksIn(text, isWorkspace)[index]);
  if (!task.success) return undefined;
  const typed = previousNode?.type === 'string' ? previousNode : { offset, length: 0 };
  return {
    about: isShots ? 'shots' : 'project',
    project: isShots ? task.data.project : undefined,
    offset: typed.offset,
    length: typed.length,
  };
}

function tasksIn(text: string, isWorkspace: boolean): readonly unknown[] {
  const value: unknown = parse(text);
  const file = isWorkspace ? Workspace.safeParse(value).data?.tasks : File.safeParse(value).data;
  return file?.tasks ?? [];
}
