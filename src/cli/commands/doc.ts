import { basename } from 'node:path';
import type { Command } from 'commander';
import { DocumentKind } from '../../core/model/documentKind.ts';
import { AuteurError } from '../../core/errors.ts';
import type { DocumentView } from '../../core/protocol/documentView.ts';
import type { EditRequest } from '../../core/protocol/editRequest.ts';
import { editReply } from '../editReply.ts';
import { table } from '../format/table.ts';
import { oneLine } from '../format/text.ts';
import { choice, examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';
import { sayUncommitted } from '../takeNotes.ts';

interface NewOptions {
  readonly title?: string;
  readonly scene?: string;
}

export function registerDoc(program: Command, run: Run): void {
  const doc = program.command('doc').description('make, list, update, rename and delete creative documents');
  registerNew(doc, run);
  doc
    .command('list')
    .description('list the documents of the project')
    .addHelpText('after', examples('doc list --json'))
    .action(() => run(list));
  doc
    .command('update')
    .description('write the part of a beat sheet or shot list anew that is made from the film')
    .argument('<document>', 'its path in the project, or its file name')
    .addHelpText('after', examples('doc update The_Last_Reel_Beat_Sheet.md'))
    .action((name: string) =>
      run((session) => editNamed(session, name, (path) => ({ kind: 'updateDocument', path }))),
    );
  doc
    .command('rename')
    .description('give a document another name')
    .argument('<document>', 'its path in the project, or its file name')
    .argument('<title>')
    .addHelpText('after', examples('doc rename The_Last_Reel_Screenplay.fountain "Second draft"'))
    .action((name: string, title: string) =>
      run((session) => editNamed(session, name, (path) => ({ kind: 'renameDocument', path, title }))),
    );
  doc
    .command('delete')
    .description('delete a document; "auteur undo" brings it back')
    .argument('<document>', 'its path in the project, or its file name')
    .addHelpText('after', examples('doc delete Second_draft.fountain'))
    .action((name: string) =>
      run((session) => editNamed(session, name, (path) => ({ kind: 'deleteDocument', path }))),
    );
}

function registerNew(doc: Command, run: Run): void {
  doc
    .command('new')
    .description('make a document, filled from the film; prints its path')
    .argument('<kind>', DocumentKind.options.join(', '), choice('<kind>', DocumentKind.options))
    .option('--title <title>', 'its title, which names the file, too')
    .option('--scene <address>', 'the scene a shot list is of, e.g. 01/02')
    .addHelpText(
      'after',
      examples(
        'doc new screenplay',
        'doc new treatment --title "First draft"',
        'doc new shot-list --scene 01/02',
      ),
    )
    .action((document: DocumentKind, { title, scene }: NewOptions) =>
      run((session) =>
        edit(session, {
          kind: 'newDocument',
          document,
          ...(title === undefined ? {} : { title }),
          ...(scene === undefined ? {} : { scene }),
        }),
      ),
    );
}

async function list(session: Session): Promise<Reply> {
  const documents = await session.studio().documents(await session.project());
  return {
    json: { documents: documents.map(documentJson) },
    lines:
      documents.length === 0
        ? ['No documents yet. Make one with: auteur doc new <kind>']
        : [
            ...table([['KIND', 'DOCUMENT'], ...documents.map(({ kind, path }) => [kind, path])]),
            ...problems(documents),
          ],
  };
}

function documentJson({ kind, path, name, updates, problem }: DocumentView): object {
  return { kind, path, name, updates, problem: problem ?? null };
}

function problems(documents: readonly DocumentView[]): readonly string[] {
  return documents.flatMap(({ path, problem }) =>
    problem === undefined ? [] : [`${oneLine(path)}: ${oneLine(problem.message)}`],
  );
}

async function editNamed(
  session: Session,
  name: string,
  request: (path: string) => EditRequest,
): Promise<Reply> {
  const documents = await session.studio().documents(await session.project());
  const path = name.replaceAll('\\', '/').replace(/^\.\//, '');
  const named = documents.filter((one) => one.path === path || basename(one.path) === path);
  const [found] = named;
  if (found === undefined || named.length > 1) throw new AuteurError('document-unknown', { path: name });
  return edit(session, request(found.path));
}

async function edit(session: Session, request: EditRequest): Promise<Reply> {
  const edited = await session.studio().edit(await session.project(), request);
  const { nodes, summary, commit, files } = edited;
  sayUncommitted(session.terminal, commit);
  const path = nodes[0]?.address ?? '';
  return editReply(edited, { json: { path, summary, files }, lines: [oneLine(path)] });
}
