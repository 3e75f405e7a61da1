// Serves the built extension in a real VS Code, to a browser on this machine:
// `node scripts/studio.mjs [FOLDER] [--port N]`. Without a folder it is the demo film's workspace; a new one is made.
// `--prepare` only makes the demo film, if there is none yet.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../test/lib/paths.ts';
import { startVscodeServer } from '../test/lib/vscodeServer.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '8710' }, prepare: { type: 'boolean', default: false } },
});

const demo = join(tmpdir(), 'auteur-demo');

function fail(message, hint) {
  console.error(`error: ${message}\nhint: ${hint}`);
  process.exit(1);
}

function prepareDemo() {
  if (existsSync(join(demo, 'Projects/The_Last_Reel/project.json'))) return;
  console.log('Making the demo film …');
  const script = join(repositoryRoot, 'scripts/demo.mjs');
  try {
    execFileSync(process.execPath, [script, '--json'], { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    fail(
      `the demo film could not be made (${error.message})`,
      'run "make demo" to see more, or name a folder of yours',
    );
  }
}

function folderToOpen() {
  const [named] = positionals;
  if (named === undefined) {
    prepareDemo();
    return demo;
  }
  const folder = resolve(named);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    fail(
      `${folder} cannot be opened as a folder (${error.message})`,
      'name another, or none for the demo film',
    );
  }
  return folder;
}

/** The usual port, so that the browser finds its layout again; any free one where that is taken. */
async function choosePort(wanted) {
  const probe = createServer();
  const free = new Promise((done) => {
    probe.once('error', () => done(false));
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => done(true)));
  });
  return (await free) ? wanted : 0;
}

function stateFolder() {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'auteur-movie-director', 'studio');
}

/** The demo film has a queue of its own, the one that scripts/demo.mjs used. */
function environment(folder) {
  const own = folder === demo ? { AUTEUR_HOME: join(demo, '.auteur-home') } : {};
  return { ...process.env, AUTEUR_WORKSPACE: folder, ...own };
}

async function serve(folder) {
  const server = await startVscodeServer({
    env: environment(folder),
    stateFolder: stateFolder(),
    port: await choosePort(Number(values.port)),
    workspaceTrust: folder !== demo,
  });
  const address = server.url(folder, [
    ['extensionDevelopmentPath', server.remotePath(repositoryRoot)],
    ['skipWelcome', 'true'],
  ]);
  console.log(`Auteur on ${folder}\nOpen ${address}\nCtrl+C ends it.`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), server.exited]);
  await server.stop();
}

if (!existsSync(join(repositoryRoot, 'dist/extension.cjs')))
  fail('the extension is not built', 'run "make build" first');
if (values.prepare) prepareDemo();
else await serve(folderToOpen());
