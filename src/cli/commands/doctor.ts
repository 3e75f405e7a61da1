import type { Command } from 'commander';
import type { CheckLevel, DoctorCheck } from '../../core/protocol/views.ts';
import { exitCodes } from '../exit.ts';
import { columns, oneLine, padEnd, plural } from '../format/text.ts';
import { examples } from '../options.ts';
import type { Reply, Run } from '../reply.ts';
import { runWatched } from '../runWatched.ts';
import type { Session } from '../session.ts';

export function registerDoctor(program: Command, run: Run): void {
  program
    .command('doctor')
    .description(
      'check what Auteur needs on this machine and in the project; exits 1 where something must be mended',
    )
    .option(
      '--fix',
      'set up what Git LFS needs in the project, where that is safe, and commit edits that wait',
    )
    .option('--convert-media', 'commit media that are plain files in Git anew, as LFS objects')
    .addHelpText('after', examples('doctor', '-C Projects/Night_Train doctor --fix', 'doctor --json'))
    .action((options: DoctorOptions) => run((session) => doctor(session, options)));
}

interface DoctorOptions {
  readonly fix?: true;
  readonly convertMedia?: true;
}

async function doctor(session: Session, options: DoctorOptions): Promise<Reply> {
  const mended = await mend(session, options);
  const checks = await session.studio().doctor(session.folder, editorOf(session.env));
  const ok = checks.every((check) => check.ok);
  const width = Math.max(...checks.map(({ name }) => columns(name)));
  return {
    json: mended === undefined ? { ok, checks } : { ok, mended, checks },
    lines: [
      ...(mended ?? []).map(oneLine),
      ...checks.flatMap((check) => lines(session, check, width)),
      '',
      summary(checks),
    ],
    exitCode: ok ? exitCodes.done : exitCodes.failed,
  };
}

/** What was done, in sentences; undefined where nothing was asked for. */
async function mend(session: Session, options: DoctorOptions): Promise<readonly string[] | undefined> {
  const { fix = false, convertMedia = false } = options;
  if (!fix && !convertMedia) return undefined;
  const root = await session.project();
  const done = fix ? (await runWatched(session, { kind: 'mend', root })).done : [];
  if (!convertMedia) return done;
  const { files } = await runWatched(session, { kind: 'convertMedia', root });
  return [...done, `${plural(files.length, 'media file')} stored in Git LFS by a new commit.`];
}

/** The VS Code in whose terminal we run. */
function editorOf(env: NodeJS.ProcessEnv): string | undefined {
  return env['TERM_PROGRAM'] === 'vscode' ? env['TERM_PROGRAM_VERSION'] : undefined;
}

/** On a terminal signs, elsewhere (a log, a pipe) words. */
const marks = {
  ok: { sign: '✓', word: 'ok     ', style: 'green' },
  warning: { sign: '!', word: 'warning', style: 'yellow' },
  failed: { sign: '✗', word: 'FAILED ', style: 'red' },
  skipped: { sign: '–', word: 'skipped', style: 'dim' },
} as const satisfies Record<CheckLevel, object>;

function lines({ terminal }: Session, check: DoctorCheck, width: number): readonly string[] {
  const { sign, word, style } = marks[check.level];
  const mark = terminal.drawsSigns ? sign : word;
  const indent = ' '.repeat(mark.length + width + 3);
  const more = [check.hint, check.command].filter((text) => text !== undefined);
  return [
    `${terminal.paint(style, mark)} ${padEnd(check.name, width)}  ${oneLine(check.detail)}`,
    // The command stands alone on its line, to be copied whole.
    ...more.map((text) => `${indent}${oneLine(text)}`),
  ];
}

function summary(checks: readonly DoctorCheck[]): string {
  const count = (level: CheckLevel): number => checks.filter((check) => check.level === level).length;
  const parts = [
    ...(count('failed') > 0 ? [`${plural(count('failed'), 'thing')} to mend`] : []),
    ...(count('warning') > 0 ? [plural(count('warning'), 'warning')] : []),
  ];
  return parts.length === 0 ? 'Everything is in order.' : `${parts.join(', ')}.`;
}
