import type { Command } from 'commander';
import type { DoctorCheck } from '../../core/protocol/views.ts';
import { exitCodes } from '../exit.ts';
import { padEnd, columns, oneLine } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import type { Session } from '../session.ts';

export function registerDoctor(program: Command, run: Run): void {
  program
    .command('doctor')
    .description('check what Auteur needs on this machine; exits 1 where something is missing')
    .addHelpText('after', examples('doctor', 'doctor --json'))
    .action(() => run(doctor));
}

async function doctor(session: Session): Promise<Reply> {
  const studio = session.studio();
  const checks = await studio.doctor(session.folder);
  const ok = checks.every((check) => check.ok);
  const width = Math.max(0, ...checks.map((check) => columns(oneLine(check.name))));
  return {
    json: { ok, checks },
    lines: checks.flatMap((check) => lines(session, check, width)),
    exitCode: ok ? exitCodes.done : exitCodes.failed,
  };
}

function lines(session: Session, check: DoctorCheck, width: number): readonly string[] {
  const mark = check.ok ? session.terminal.paint('green', '✓') : session.terminal.paint('red', '✗');
  const line = `${mark} ${padEnd(oneLine(check.name), width)}  ${oneLine(check.detail)}`;
  if (check.ok || check.hint === undefined) return [line];
  return [line, `  ${' '.repeat(width)}  hint: ${oneLine(check.hint)}`];
}
