// Makes the demo film: `node scripts/demo.mjs [--json] [--no-generate] [--keep-going]`; needs a built dist/.
import { spawn } from 'node:child_process';
import { cp, lstat, mkdir, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

const usage = `Usage: node scripts/demo.mjs [options]
  --json         print one JSON object
  --no-generate  only make the workspace and the film
  --keep-going   make every check, even after one has failed
`;

const root = path.resolve(import.meta.dirname, '..');
const cli = path.join(root, 'dist', 'cli.cjs');
const film = path.join(root, 'demo', 'the-last-reel');
const workspace = path.join(os.tmpdir(), 'auteur-demo');
const marker = path.join(workspace, '.auteur-demo');
const demoName = 'Auteur Demo';
const demoEmail = 'demo@auteur.invalid';
const demoIdentity = {
  GIT_AUTHOR_NAME: demoName,
  GIT_AUTHOR_EMAIL: demoEmail,
  GIT_COMMITTER_NAME: demoName,
  GIT_COMMITTER_EMAIL: demoEmail,
};

class DemoFailure extends Error {
  constructor(message, hint, exitCode = 1) {
    super(message);
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

const { values: options } = readArguments();

function readArguments() {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  try {
    return parseArgs({ options: { json: flag, 'no-generate': flag, 'keep-going': flag, help: flag } });
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(2);
  }
}

function say(text = '') {
  if (!options.json) process.stdout.write(`${text}\n`);
}

/** The environment of everything the demo starts: its own queue, and no repository but the demo's. */
function environment() {
  const strays = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'AUTEUR_WORKSPACE'];
  const kept = Object.entries(process.env).filter(([name]) => !strays.includes(name));
  return {
    ...Object.fromEntries(kept),
    AUTEUR_HOME: path.join(workspace, '.auteur-home'),
    GIT_TERMINAL_PROMPT: '0',
  };
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, visible?: boolean }} [how]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
function run(command, args, { cwd = workspace, env = environment(), visible = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = visible ? 'inherit' : 'pipe';
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', stdio, stdio] });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

/** Runs the built `auteur` for its JSON. */
async function auteur(args, env = environment()) {
  const { code, stdout, stderr } = await run(process.execPath, [cli, ...args, '--json'], { env });
  const said = parseJson(stdout);
  if (said?.error)
    throw new DemoFailure(`auteur ${args[0]}: ${said.error.message}`, said.error.hint ?? stderr);
  if (said === undefined)
    throw new DemoFailure(`auteur ${args[0]} ended with ${code} and said nothing.`, stderr.trim());
  return said;
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function git(project, args) {
  const { code, stdout, stderr } = await run('git', args, { cwd: project });
  if (code === 0) return stdout;
  throw new DemoFailure(
    `git ${args[0]} failed: ${(stderr || stdout).trim()}`,
    `Look at the project in ${project}.`,
  );
}

async function isThere(file) {
  return (await lstat(file).catch(() => undefined)) !== undefined;
}

/** Fresh at each run; a folder of that name that is not the demo's is never touched. */
async function freshWorkspace() {
  if (await isThere(workspace)) {
    const own = (await lstat(workspace)).isDirectory() && (await isThere(marker));
    if (!own) {
      throw new DemoFailure(
        `${workspace} exists and is not a demo workspace, so it was left alone.`,
        'Move it away, or set TMPDIR to another folder.',
      );
    }
    await rm(workspace, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  await mkdir(workspace, { recursive: true });
  await writeFile(marker, 'Made by scripts/demo.mjs, which removes this folder when it runs again.\n');
}

async function hasIdentity() {
  return (await run('git', ['var', 'GIT_COMMITTER_IDENT'])).code === 0;
}

async function makeProject() {
  const identified = await hasIdentity();
  const env = identified ? environment() : { ...environment(), ...demoIdentity };
  const { project } = await auteur(['new', 'The Last Reel', '--workspace', workspace], env);
  if (!identified) {
    await git(project.path, ['config', '--local', 'user.name', demoName]);
    await git(project.path, ['config', '--local', 'user.email', demoEmail]);
  }
  return project.path;
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return files.map((file) => path.relative(folder, file).split(path.sep).join('/')).sort();
}

/** Lays the film's files over the new project, which keeps its own identity, and commits exactly these files. */
async function layFilm(project) {
  const files = await filesBelow(film);
  const made = JSON.parse(await readFile(path.join(project, 'project.json'), 'utf8'));
  for (const file of files) await cp(path.join(film, file), path.join(project, file));
  const manifest = JSON.parse(await readFile(path.join(film, 'project.json'), 'utf8'));
  const own = { ...manifest, $schema: made.$schema, id: made.id, created: made.created };
  await writeFile(path.join(project, 'project.json'), `${JSON.stringify(own, null, 2)}\n`);
  await git(project, ['add', '--', ...files]);
  await git(project, ['commit', '--quiet', '--message', 'Add screenplay, shots and assets', '--', ...files]);
}

/** Progress is for eyes; what was made is read from the project afterwards. */
async function generate(project) {
  const args = ['-C', project, 'generate', '--all'];
  const { code, stderr } = options.json
    ? await run(process.execPath, [cli, ...args, '--json'])
    : await run(process.execPath, [cli, ...args], { visible: true });
  if (code === 0) return;
  const interrupted = code === 130 || code === 143;
  throw new DemoFailure(
    interrupted ? 'The demo was interrupted.' : `auteur generate ended with ${code}. ${stderr}`.trim(),
    `Look at the jobs: AUTEUR_HOME=${environment().AUTEUR_HOME} auteur -C ${project} jobs`,
    interrupted ? code : 1,
  );
}

async function takesOf(project) {
  const renders = path.join(project, '03_Renders');
  const pictures = (await filesBelow(renders)).filter((file) => /_take\d+\.(?!json$)\w+$/.test(file));
  return Promise.all(
    pictures.map(async (file) => ({
      path: `03_Renders/${file}`,
      bytes: (await stat(path.join(renders, file))).size,
    })),
  );
}

/**
 * What must be true of a recorded film; each check gives the reason why not, or nothing.
 * @returns {[name: string, check: () => Promise<string>][]}
 */
function checks(project, takes, shots) {
  return [
    [
      'every shot has a take',
      async () => (takes.length < shots ? `${shots} shots, ${takes.length} takes` : ''),
    ],
    ['git lfs ls-files lists every take', () => missingInLfs(project, takes)],
    ['git lfs fsck is clean', async () => complaint(await run('git', ['lfs', 'fsck'], { cwd: project }))],
    ['git status is clean', () => git(project, ['status', '--porcelain'])],
    ['auteur validate finds no problem', () => problemsOf(project)],
  ];
}

async function missingInLfs(project, takes) {
  const listed = new Set((await git(project, ['lfs', 'ls-files', '--name-only'])).split('\n'));
  const missing = takes.map((take) => take.path).filter((file) => !listed.has(file));
  return missing.join('\n');
}

function complaint({ code, stdout, stderr }) {
  return code === 0 ? '' : stdout + stderr;
}

async function problemsOf(project) {
  const { problems } = await auteur(['-C', project, 'validate']);
  return problems.map(({ path: file, message }) => `${file}: ${message}`).join('\n');
}

async function verify(project, takes, shots) {
  const failures = [];
  for (const [name, check] of checks(project, takes, shots)) {
    const reason = (await check()).trim();
    say(`${reason === '' ? '✓' : '✗'} ${name}`);
    if (reason === '') continue;
    failures.push(`not true that ${name}:\n${reason}`);
    if (!options['keep-going']) break;
  }
  if (failures.length > 0) throw new DemoFailure(failures.join('\n'), `Look at the project in ${project}.`);
}

async function summaryOf(project, takes, seconds) {
  const { film: shown } = await auteur(['-C', project, 'show']);
  const scenes = shown.chapters.flatMap((chapter) => chapter.scenes);
  const shots = scenes.reduce((sum, scene) => sum + scene.shots, 0);
  const bytes = takes.reduce((sum, take) => sum + take.bytes, 0);
  return { workspace, project, scenes, shots, takes: takes.length, seconds, bytes };
}

function printSummary({ project, scenes, shots, takes, seconds, bytes }) {
  const row = (cells) =>
    `  ${cells[0].padEnd(8)}${cells[1].padEnd(28)}${cells[2].padStart(6)}${cells[3].padStart(7)}`;
  const rows = scenes.map((scene) =>
    row([scene.address, scene.title, String(scene.shots), String(scene.takes)]),
  );
  say();
  say(row(['SCENE', '', 'SHOTS', 'TAKES']));
  for (const line of rows) say(line);
  say(row(['', 'The Last Reel', String(shots), String(takes)]));
  say();
  say(`  Time    ${seconds.toFixed(1)} s`);
  say(`  In LFS  ${bytes} bytes (${(bytes / 1024 / 1024).toFixed(2)} MiB)`);
  say(`  Pictures are in ${path.join(project, '03_Renders')}`);
}

async function makeDemo() {
  if (!(await isThere(cli)))
    throw new DemoFailure('dist/cli.cjs is missing.', 'Build first: node esbuild.mjs');
  const started = performance.now();
  await freshWorkspace();
  const project = await realpath(await makeProject());
  await layFilm(project);
  say(`The Last Reel is in ${project}`);
  if (!options['no-generate']) await generate(project);
  const takes = await takesOf(project);
  const summary = await summaryOf(project, takes, (performance.now() - started) / 1000);
  if (!options['no-generate']) {
    await verify(project, takes, summary.shots);
    printSummary(summary);
  }
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
}

function report(error) {
  const known = error instanceof DemoFailure;
  const message = known
    ? error.message
    : `The demo failed: ${error instanceof Error ? error.message : error}`;
  const hint = known ? error.hint : '';
  if (options.json)
    process.stdout.write(`${JSON.stringify({ error: { code: 'demo-failed', message, hint } })}\n`);
  else process.stderr.write(`error: ${message}\n${hint === '' ? '' : `hint: ${hint}\n`}`);
  return known ? error.exitCode : 1;
}

if (options.help) {
  process.stdout.write(usage);
} else {
  // A Ctrl+C reaches the running command as well: it cancels its jobs, and then the demo ends with it.
  process.on('SIGINT', () => undefined);
  try {
    await makeDemo();
  } catch (error) {
    process.exitCode = report(error);
  }
}
