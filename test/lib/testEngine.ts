import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  copyFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const startMs = 30_000;
const endMs = 5_000;
/** What a shell script of the tests calls. */
const programs = [
  'sh',
  'cat',
  'cp',
  'echo',
  'env',
  'grep',
  'head',
  'id',
  'ls',
  'ln',
  'mkdir',
  'mv',
  'printf',
  'rm',
  'sed',
  'seq',
  'sleep',
  'touch',
  'tr',
  'yes',
  'dd',
  'kill',
  'true',
  'test',
  'wc',
  'date',
  'mount',
  'wget',
  'stat',
];

/** The image that the tests run: a static busybox and nothing else. */
export const testImage = 'auteur-test:1';

/** A real Docker Engine of a test's own: it can be stopped and started without harm to any other. */
export class TestEngine {
  readonly #folder: string;
  #process: ChildProcess | undefined;

  /** A folder that it does not see, as one on another machine would not. */
  readonly #hidden: string | undefined;

  private constructor(folder: string, hidden: string | undefined) {
    this.#folder = folder;
    this.#hidden = hidden;
  }

  /** Started, with the test's image in it. Needs root, and Debian's docker.io and busybox-static. */
  static async start(hidden?: string): Promise<TestEngine> {
    // Paths of sockets must be short.
    const engine = new TestEngine(mkdtempSync(join(tmpdir(), 'auteur-engine-')), hidden);
    await engine.start();
    await engine.#importImage();
    return engine;
  }

  get socket(): string {
    return join(this.#folder, 'docker.sock');
  }

  /** What a process needs in its environment to find it. */
  get env(): { readonly DOCKER_HOST: string } {
    return { DOCKER_HOST: `unix://${this.socket}` };
  }

  async start(): Promise<void> {
    const options = {
      'data-root': join(this.#folder, 'data'),
      'exec-root': join(this.#folder, 'exec'),
      pidfile: join(this.#folder, 'pid'),
      host: `unix://${this.socket}`,
      bridge: 'none',
      iptables: 'false',
      ip6tables: 'false',
      'storage-driver': 'vfs',
      'shutdown-timeout': '3',
    };
    const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    rmSync(options.pidfile, { force: true });
    const hiding = ['-m', 'sh', '-c', 'mount -t tmpfs none "$0" && exec dockerd "$@"', this.#hidden ?? ''];
    const [command, all] = this.#hidden === undefined ? ['dockerd', args] : ['unshare', [...hiding, ...args]];
    const child = spawn(command, all, { stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(join(this.#folder, 'log'), { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#process = child;
    const failed = once(child, 'error').then(([error]) => {
      throw error;
    });
    await Promise.race([this.#answers(child), failed]);
  }

  /** As `systemctl stop docker` does. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  /** As a crash does, or the kernel for want of memory: its containers live on. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    await this.#containerdEnded();
  }

  /** From now on it accepts what it is asked, and says nothing. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  async dispose(): Promise<void> {
    this.thaw();
    if (this.#process === undefined) await this.start();
    await this.#removeAll();
    await this.stop();
    await this.#containerdEnded();
    await this.#unmounted();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #removeAll(): Promise<void> {
    const ids = (await this.docker('ps', '-aq')).split('\n').filter(Boolean);
    if (ids.length > 0) await this.docker('rm', '-f', ...ids);
  }

  /** What a killed engine has left. */
  async #unmounted(): Promise<void> {
    const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
    const ours = mounts
      .map((line) => line.split(' ')[1] ?? '')
      .filter((path) => path.startsWith(this.#folder));
    for (const path of ours.reverse()) await run('umount', ['-l', path]);
  }

  /**
   * A killed engine leaves its containerd, which the kernel then asks to end; another engine would adopt it in the middle
   * of that, and wait for it in vain.
   */
  async #containerdEnded(): Promise<void> {
    const pidFile = join(this.#folder, 'exec/containerd/containerd.pid');
    const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
    for (const start = Date.now(); this.#isOurs(pid);) {
      if (Date.now() - start > endMs) process.kill(pid, 'SIGKILL');
      await sleep(20);
    }
    // Where nobody buries the dead, it would be taken for alive.
    rmSync(pidFile, { force: true });
  }

  /** Its number may be another's by now, and one that has ended has no command. */
  #isOurs(pid: number): boolean {
    const command = `/proc/${pid}/cmdline`;
    return existsSync(command) && readFileSync(command, 'utf8').includes(this.#folder);
  }

  /** The command `docker`, against this engine. */
  async docker(...args: readonly string[]): Promise<string> {
    const { stdout } = await run('docker', [...args], { env: { ...process.env, ...this.env } });
    return stdout.trim();
  }

  async #importImage(): Promise<void> {
    const root = join(this.#folder, 'image');
    for (const folder of ['bin', 'tmp', 'auteur']) mkdirSync(join(root, folder), { recursive: true });
    copyFileSync(busybox(), join(root, 'bin/busybox'));
    for (const program of programs) symlinkSync('busybox', join(root, 'bin', program));
    const archive = join(this.#folder, 'image.tar');
    await run('tar', ['-C', root, '-cf', archive, '.']);
    await this.docker('import', '-c', 'ENV PATH=/bin', archive, testImage);
  }

  async #answers(child: ChildProcess): Promise<void> {
    for (const start = Date.now(); Date.now() - start < startMs;) {
      if (child.exitCode !== null) break;
      if (existsSync(this.socket) && (await ping(this.socket))) return;
      await sleep(50);
    }
    throw new Error(`dockerd did not start; its log is ${join(this.#folder, 'log')}`);
  }
}

function busybox(): string {
  const found = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path));
  if (found === undefined) throw new Error('There is no static busybox; run "make setup".');
  return found;
}

function ping(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    request({ socketPath, path: '/_ping' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    })
      .on('error', () => {
        resolve(false);
      })
      .end();
  });
}
