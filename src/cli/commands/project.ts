import { join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { AuteurError } from '../../core/errors.ts';
import { shellWord } from '../../core/domain/shellWord.ts';
import type { ProjectSummary } from '../../core/protocol/views.ts';
import { archiveName } from '../../core/storage/archive/archiveName.ts';
import { workspaceOf } from '../../core/storage/locate.ts';
import { bytesText } from '../../core/domain/bytesText.ts';
import { oneLine } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import { runWatched } from '../runWatched.ts';
import type { Session } from '../session.ts';
import { sayUncommitted } from '../takeNotes.ts';
import { deleteProject, type DeleteOptions } from './projectDelete.ts';

export function registerProject(program: Command, run: Run): void {
  const project = program.command('project').description('a film as a whole: rename, copy, pack, delete');
  project
    .command('rename')
    .description('give the film another name; its folder stays')
    .argument('<name>', 'the new name')
    .addHelpText('after', examples('project rename "The Last Reel"'))
    .action((name: string) => run((session) => rename(session, name)));
  project
    .command('delete')
    .description('move the film to the trash of its workspace, .trash')
    .option('--confirm <name>', 'its name, where nobody can be asked')
    .addHelpText('after', examples('project delete', 'project delete --confirm "The Last Reel"'))
    .action((options: DeleteOptions) => run((session) => deleteProject(session, options)));
  project
    .command('duplicate')
    .description('make a new film of its text and assets, with a history of its own')
    .argument('<name>', 'name of the new film')
    .option('--with-takes', 'take the takes along, too')
    .addHelpText('after', examples('project duplicate "The Last Reel, second try"'))
    .action((name: string, options: { withTakes?: true }) =>
      run((session) => duplicate(session, name, options.withTakes === true)),
    );
  registerArchives(project, run);
}

function registerArchives(project: Command, run: Run): void {
  project
    .command('pack')
    .description('write one archive with history, media and what is not committed yet')
    .argument('[file]', 'the archive (default: beside Projects/, named after the folder)')
    .addHelpText('after', examples('project pack', 'project pack /media/usb/reel.auteur.tar'))
    .action((file?: string) => run((session) => pack(session, file)));
  project
    .command('unpack')
    .description('make a film of an archive, in Projects/')
    .argument('<file>', 'an archive that "project pack" has written')
    .option('--workspace <folder>', 'folder that holds Projects/ and Library/')
    .addHelpText('after', examples('project unpack /media/usb/reel.auteur.tar'))
    .action((file: string, options: { workspace?: string }) =>
      run((session) => unpack(session, file, options.workspace)),
    );
}

async function rename(session: Session, name: string): Promise<Reply> {
  const root = await session.project();
  const request = { kind: 'set' as const, addresses: [''], values: { name } };
  const { commit } = await session.studio().edit(root, request);
  sayUncommitted(session.terminal, commit);
  return {
    json: { project: { name, path: root } },
    lines: [`The film is called "${oneLine(name)}" now; its folder stays ${oneLine(root)}`],
  };
}

async function duplicate(session: Session, name: string, takes: boolean): Promise<Reply> {
  const root = await session.project();
  const { project } = await runWatched(session, { kind: 'duplicate', root, name, takes });
  return madeReply(session, project, 'Made');
}

async function pack(session: Session, file?: string): Promise<Reply> {
  const root = await session.project();
  const target =
    file === undefined ? join(workspaceOf(root), archiveName(root)) : resolve(session.folder, file);
  const { path, bytes } = await runWatched(session, { kind: 'pack', root, file: target });
  return { json: { path, bytes }, lines: [`Packed into ${oneLine(path)} (${bytesText(bytes)})`] };
}

async function unpack(session: Session, file: string, named?: string): Promise<Reply> {
  const workspace = await session.workspace(named);
  const archive = resolve(session.folder, file);
  const { project } = await runWatched(session, { kind: 'unpack', file: archive, workspace });
  return madeReply(session, project, 'Unpacked');
}

function madeReply(session: Session, project: ProjectSummary, done: string): Reply {
  if (project.id === undefined) throw new AuteurError('not-a-project', { path: project.root });
  const place = shellWord(relative(session.folder, project.root) || '.', process.platform);
  return {
    json: { project: { id: project.id, name: project.name, path: project.root } },
    lines: [
      `${done} "${oneLine(project.name)}" in ${oneLine(project.root)}`,
      ...(place === undefined ? [] : [`Next: auteur -C ${place} show`]),
    ],
  };
}
