import type { Command } from 'commander';
import { oneLine, plural } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import { runWatched } from '../runWatched.ts';
import type { Session } from '../session.ts';

export function registerExport(program: Command, run: Run): void {
  const exporting = program.command('export').description('write the film for others, to 06_Exports');
  exporting
    .command('frames')
    .description("copy each shot's active take, or its latest, numbered in film order")
    .addHelpText('after', examples('export frames'))
    .action(() => run(exportFrames));
  exporting
    .command('csv')
    .description('write the shot list as a table for spreadsheets')
    .addHelpText('after', examples('export csv', 'export csv --json'))
    .action(() => run(exportCsv));
}

async function exportFrames(session: Session): Promise<Reply> {
  const root = await session.project();
  const { path, frames, without } = await runWatched(session, { kind: 'exportFrames', root });
  if (without.length > 0) {
    const shots = without.length > 8 ? plural(without.length, 'shot') : without.join(', ');
    session.terminal.note(`note: without a take, so left out: ${shots}`);
  }
  return { json: { path, frames, without }, lines: [`${plural(frames, 'frame')} in ${oneLine(path)}`] };
}

async function exportCsv(session: Session): Promise<Reply> {
  const root = await session.project();
  const { path, shots } = await runWatched(session, { kind: 'exportCsv', root });
  return { json: { path, shots }, lines: [`${plural(shots, 'shot')} in ${oneLine(path)}`] };
}
