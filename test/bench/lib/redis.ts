import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { Queue, Worker } from 'bullmq';

const program = 'redis-server';

/** As the documentation of BullMQ advises: jobs in main memory, and on the disk within a second. */
const durable = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'];

interface Redis {
  readonly port: number;
  stop(): Promise<void>;
}

/** A Redis of our own, whose files lie in a folder. */
async function startRedis(folder: string): Promise<Redis> {
  if (spawnSync(program, ['--version']).error !== undefined)
    throw new Error(`${program} is not on this machine; on Debian: apt-get install --yes redis-server`);
  const port = await freePort();
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--daemonize', 'no'];
  const server = spawn(program, [...place, ...durable], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(server.stdout)) if (line.includes('Ready to accept')) break;
  server.stdout.resume();
  return {
    port,
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}

/** How many no-op jobs BullMQ accepts, and claims and finishes, in a second. */
export async function measureBullmq(
  folder: string,
  jobs: number,
): Promise<{ readonly accepted: number; readonly finished: number }> {
  const redis = await startRedis(folder);
  const connection = { host: '127.0.0.1', port: redis.port };
  const queue = new Queue('bench', { connection });
  try {
    await queue.waitUntilReady();
    const payload = { text: 'x'.repeat(2_500) };
    const began = performance.now();
    await queue.addBulk(Array.from({ length: jobs }, () => ({ name: 'no-op', data: payload })));
    const accepted = perSecond(jobs, began);
    return { accepted, finished: await finishAll(connection, jobs) };
  } finally {
    await queue.close();
    await redis.stop();
  }
}

async function finishAll(connection: { host: string; port: number }, jobs: number): Promise<number> {
  const worker = new Worker('bench', () => Promise.resolve(), {
    connection,
    concurrency: 50,
    autorun: false,
  });
  await worker.waitUntilReady();
  let finished = 0;
  const all = new Promise<void>((resolve) => {
    worker.on('completed', () => {
      if (++finished === jobs) resolve();
    });
  });
  const began = performance.now();
  const running = worker.run();
  await all;
  const speed = perSecond(jobs, began);
  await worker.close();
  await running;
  return speed;
}

export function perSecond(jobs: number, began: number): number {
  return (jobs / (performance.now() - began)) * 1000;
}
