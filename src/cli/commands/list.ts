import type { Command } from 'commander';
import type { ProjectSummary } from '../../core/protocol/views.ts';
import { table } from '../format/table.ts';
import { oneLine } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

interface ListOptions {
  readonly workspace?: string;
}

export function registerList(program: Command, run: Run): void {
  program
    .command('list')
    .description('list the projects of a workspace')
    .option('--workspace <folder>', 'folder that holds Projects/ and Library/')
    .addHelpText('after', examples('list', 'list --workspace ~/Films --json'))
    .action((options: ListOptions) => run((session) => list(session, options)));
}

async function list(session: Session, options: ListOptions): Promise<Reply> {
  const workspace = await session.workspace(options.workspace);
  const studio = session.studio();
  const projects = await studio.listProjects(workspace);
  return { json: { workspace, projects: projects.map(projectJson) }, lines: lines(workspace, projects) };
}

function projectJson(project: ProjectSummary): object {
  const { id, name, root, quality, structure, chapters, scenes, readOnly, problem } = project;
  return { id, name, path: root, quality, structure, chapters, scenes, readOnly, problem: problem ?? null };
}

function lines(workspace: string, projects: readonly ProjectSummary[]): readonly string[] {
  if (projects.length === 0)
    return [`No projects in ${oneLine(workspace)}. Make one with: auteur new <name>`];
  const head = ['NAME', 'QUALITY', 'STRUCTURE', 'CHAPTERS', 'SCENES', 'FOLDER'];
  return [...table([head, ...projects.map(row)]), ...projects.flatMap(problem)];
}

function row(project: ProjectSummary): readonly string[] {
  const { quality = '?', structure = '?', chapters, scenes, root } = project;
  return [project.name, quality, structure, String(chapters), String(scenes), root];
}

function problem(project: ProjectSummary): readonly string[] {
  if (project.problem === undefined) return [];
  return [`${oneLine(project.name)}: ${oneLine(project.problem.message)}`];
}
