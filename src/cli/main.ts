// These first, because the modules after them load node:sqlite.
import './requireNode.ts';
import '../runner/quietWarnings.ts';
import './electronNode.ts';
import process from 'node:process';
import { CommanderError, type Command } from 'commander';
import { endingOf, exitCodes } from './exit.ts';
import { createProgram, type GlobalOptions } from './program.ts';
import type { Reply, Run } from './reply.ts';
import { Session } from './session.ts';
import { Terminal } from './terminal.ts';

async function main(args: readonly string[]): Promise<void> {
  const terminal = new Terminal(wantsJson(args));
  process.on('uncaughtException', (error) => {
    terminal.failure(endingOf(error).failure);
    process.exit(exitCodes.failed);
  });
  const written: string[] = [];
  const program = createProgram({
    run: (action) => runIn(program, terminal, action),
    write: (text) => written.push(text),
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = end(terminal, error, written.join(''));
  }
  await terminal.flush();
  process.exit();
}

async function runIn(program: Command, terminal: Terminal, action: Parameters<Run>[0]): Promise<void> {
  const { directory, verbose } = program.opts<GlobalOptions>();
  const session = new Session({ terminal, directory, verbose: verbose === true });
  const { json, lines, exitCode = exitCodes.done } = await runAndClose(session, action);
  terminal.object(json);
  for (const line of lines) terminal.line(line);
  process.exitCode = exitCode;
}

/** A reply is one only when what was made is safe: closing records and commits it. */
async function runAndClose(session: Session, action: Parameters<Run>[0]): Promise<Reply> {
  let reply: Reply;
  try {
    reply = await action(session);
  } catch (error) {
    // Why the action failed is what the user is told, even where closing fails too.
    await Promise.allSettled([session.leave()]);
    throw error;
  }
  await session.close();
  return reply;
}

/** Known before the arguments are read, because reading them may fail. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).includes('--json');
}

function end(terminal: Terminal, error: unknown, written: string): number {
  if (error instanceof CommanderError && error.exitCode === 0) {
    terminal.object(error.code === 'commander.version' ? { version: error.message } : { help: written });
    terminal.line(written.trimEnd());
    return exitCodes.done;
  }
  const { failure, exitCode } = endingOf(error);
  if (written !== '' && !terminal.json) terminal.note(written.trimEnd());
  else terminal.failure(failure);
  return exitCode;
}

void main(process.argv.slice(2));
