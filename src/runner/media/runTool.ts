import { execFile } from 'node:child_process';
import { findProgram } from './findProgram.ts';

export interface ToolCall {
  readonly tool: 'ffmpeg' | 'ffprobe';
  readonly args: readonly string[];
  /** The only folder it is told of. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

export type ToolEnd =
  | { readonly is: 'done'; readonly stdout: Buffer }
  /** It says that the file is no good. */
  | { readonly is: 'refused'; readonly reason: string }
  /** It is not there, hangs, crashes or floods: nothing is known of the file. */
  | { readonly is: 'unusable'; readonly reason: string };

const limitMs = 30_000;
const mostBytes = 16 * 1024 * 1024;

/** Runs one of FFmpeg's programs, without a shell, on a file of a pipeline's: it may be anything. */
export async function runTool({ tool, args, folder, signal }: ToolCall): Promise<ToolEnd> {
  const program = await findProgram(tool);
  if (program === undefined) return { is: 'unusable', reason: `${tool} was not found` };
  signal.throwIfAborted();
  return new Promise((resolve) => {
    const child = execFile(
      program,
      [...args],
      {
        ...{ cwd: folder, signal, timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: mostBytes },
        ...{ encoding: 'buffer', windowsHide: true, env: environment() },
      },
      (error, stdout, stderr) => {
        if (error === null) resolve({ is: 'done', stdout });
        else resolve(endOf(tool, error, lastLine(stderr)));
      },
    );
    child.stdin?.end();
  });
}

type Ending = { readonly code?: string | number | null; readonly killed?: boolean; readonly message: string };

function endOf(tool: string, { code, killed, message }: Ending, said: string): ToolEnd {
  if (killed === true) return { is: 'unusable', reason: `${tool} was not done after ${limitMs / 1000} s` };
  if (typeof code === 'number' && said !== '') return { is: 'refused', reason: said };
  return { is: 'unusable', reason: `${tool} failed: ${said === '' ? message : said}` };
}

/** Nothing of ours: FFREPORT, for one, would have it write files. */
function environment(): Record<string, string> {
  const kept = ['PATH', 'SystemRoot', 'LD_LIBRARY_PATH', 'TMPDIR', 'TEMP'];
  const values = kept.map((name) => [name, process.env[name]] as const);
  const set = values.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  return { ...Object.fromEntries(set), LC_ALL: 'C' };
}

function lastLine(said: Buffer): string {
  const lines = said.toString('utf8').trim().split('\n');
  return lines.at(-1)?.trim().slice(0, 300) ?? '';
}
