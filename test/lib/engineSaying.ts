import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ContainerEngine } from '../../src/runner/containers/containerEngine.ts';
import { EngineLink } from '../../src/runner/containers/engineLink.ts';
import { tempFolder } from './tempFolder.ts';

/** An engine that says this of itself, on a socket of this machine; it runs nothing. */
export async function engineSaying(info: object): Promise<ContainerEngine> {
  const folder = tempFolder();
  const pipe = `//./pipe/${folder.replace(/^.*[\\/]/, '')}`;
  const socketPath = process.platform === 'win32' ? pipe : join(folder, 's');
  const server = createServer(({ url = '' }, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(url.endsWith('/_ping') ? 'OK' : JSON.stringify(info));
  }).listen(socketPath);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new ContainerEngine(new EngineLink(() => Promise.resolve({ socketPath })));
}
