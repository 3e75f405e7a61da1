import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { AuteurError } from '../../../core/errors.ts';
import { RenderPool } from './renderPool.ts';

const never = new AbortController().signal;

/** A thread that does what the drawing says: paints, dies, throws, refuses or hangs. */
const thread = `
const { parentPort, threadId } = require('node:worker_threads');
parentPort.on('message', ({ id, svg }) => {
  if (svg === 'exit') process.exit(3);
  if (svg === 'throw') throw new Error('out of paint');
  if (svg === 'refuse') parentPort.postMessage({ id, error: 'no such colour' });
  if (svg === 'paint') parentPort.postMessage({ id, bytes: new Uint8Array([threadId]), width: 1, height: 1 });
});
`;

async function aPool(size = 1): Promise<RenderPool> {
  const assetsDir = tempFolder();
  await writeFile(join(assetsDir, 'render.cjs'), thread);
  const pool = new RenderPool({ assetsDir, size });
  onTestFinished(() => pool.dispose());
  return pool;
}

describe('RenderPool', () => {
  it('uses a thread again', async () => {
    const pool = await aPool();
    expect(await pool.render('paint', 1, never)).toEqual(await pool.render('paint', 1, never));
  });

  it.each(['exit', 'throw', 'refuse'])(
    'rejects its job and goes on when a thread meets "%s"',
    async (fate) => {
      const pool = await aPool();
      const broken = pool.render(fate, 1, never);
      const next = pool.render('paint', 1, never);
      await expect(broken).rejects.toSatisfy((error) => AuteurError.is(error, 'render-failed'));
      expect(await next).toHaveLength(1);
    },
  );

  it('says why a thread broke', async () => {
    const pool = await aPool();
    await expect(pool.render('throw', 1, never)).rejects.toThrow('out of paint');
    await expect(pool.render('exit', 1, never)).rejects.toThrow('code 3');
  });

  it('stops a running job with the reason of the signal, and goes on', async () => {
    const pool = await aPool();
    const stop = new AbortController();
    const running = pool.render('hang', 1, stop.signal);
    const waiting = pool.render('paint', 1, never);
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect(await waiting).toHaveLength(1);
  });

  it('stops a waiting job without touching the running one', async () => {
    const pool = await aPool();
    const stop = new AbortController();
    const running = pool.render('paint', 1, never);
    const waiting = pool.render('paint', 1, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(await running).toHaveLength(1);
  });

  it('does not start what is stopped already', async () => {
    const pool = await aPool();
    await expect(pool.render('paint', 1, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('ends every job when it is disposed', async () => {
    const pool = await aPool();
    const jobs = [pool.render('hang', 1, never), pool.render('paint', 1, never)];
    pool.dispose();
    for (const job of jobs) await expect(job).rejects.toThrow('closed');
    await expect(pool.render('paint', 1, never)).rejects.toThrow('closed');
  });

  it('lets the process end while its threads are idle', async () => {
    const assetsDir = tempFolder();
    await writeFile(join(assetsDir, 'render.cjs'), thread);
    const script = `
      import { RenderPool } from ${JSON.stringify(join(import.meta.dirname, 'renderPool.ts'))};
      const pool = new RenderPool({ assetsDir: ${JSON.stringify(assetsDir)}, size: 1 });
      const png = await pool.render('paint', 1, new AbortController().signal);
      console.log(png.length);`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 20_000,
    });
    expect((await run).stdout.trim()).toBe('1');
  });
});
