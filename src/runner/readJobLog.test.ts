import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { aJobView } from '../../test/builders/aJobView.ts';
import { tempFolder } from '../../test/lib/tempFolder.ts';
import { logFileOf } from './pipelines/container/jobLogs.ts';
import { readJobLog } from './readJobLog.ts';

const job = aJobView({ id: 'one', status: 'running' });
const ended = { ...job, status: 'error' } as const;
let home: string;
let file: string;

beforeEach(() => {
  home = tempFolder();
  file = logFileOf(home, job.id);
});

function write(text: string): void {
  mkdirSync(join(home, 'logs'), { recursive: true });
  writeFileSync(file, text);
}

describe('the log of a job', () => {
  it('is not there before something is printed', async () => {
    expect(await readJobLog(home, job)).toEqual({ job, from: 0, next: 0, text: '' });
  });

  it('is read on from where it was left, line by line', async () => {
    write('loading\nste');
    const first = await readJobLog(home, job);
    expect(first).toEqual({ job, file, from: 0, next: 8, text: 'loading\n' });
    appendFileSync(file, 'p 1\n');
    const second = await readJobLog(home, job, first.next);
    expect(second.text).toBe('step 1\n');
    expect(await readJobLog(home, job, second.next)).toMatchObject({ from: second.next, next: second.next });
  });

  it('has a last line without its end where nothing more will come', async () => {
    write('loading\nno space le');
    expect(await readJobLog(home, ended, 8)).toMatchObject({ text: 'no space le', next: 19 });
  });

  it('begins anew where the container did', async () => {
    write('a long first attempt\n');
    const { next } = await readJobLog(home, job);
    write('again\n');
    expect(await readJobLog(home, job, next)).toMatchObject({ from: 0, text: 'again\n' });
  });

  it('drives no terminal, and keeps how it is indented', async () => {
    write('\u001b[31mTraceback\u001b[0m\n\tFile "\u202ex.py"\u0007\n');
    expect((await readJobLog(home, ended)).text).toBe('Traceback\n    File " x.py" \n');
  });

  it('that is long is given piece by piece, and only its end where no place is named', async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `${String(index)} ${'é'.repeat(20)}\n`);
    write(lines.join(''));
    const end = await readJobLog(home, job);
    expect(end.from).toBeGreaterThan(0);
    expect(lines.join('').endsWith(end.text)).toBe(true);
    expect(lines).toContain(end.text.slice(0, end.text.indexOf('\n') + 1));
    const texts = [];
    for (let from = 0, piece = await readJobLog(home, job, 0); piece.next > from;) {
      texts.push(piece.text);
      from = piece.next;
      piece = await readJobLog(home, job, from);
    }
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join('')).toBe(lines.join(''));
  });
});
