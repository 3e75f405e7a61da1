import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { ContainerEngine } from '../../containers/containerEngine.ts';
import { EngineLink } from '../../containers/engineLink.ts';
import { whileItSpeaks } from './whileItSpeaks.ts';

test('what brings no more news is left, though its engine is there', async () => {
  const socketPath = join(tempFolder(), 'engine.sock');
  const server = createServer(({ url }, response) => {
    if (url === '/_ping') response.end('OK');
    else response.write('{"status":"Downloading"}\n');
  }).listen(socketPath);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const engine = new ContainerEngine(new EngineLink(() => Promise.resolve({ socketPath })));
  const news: unknown[] = [];
  const fetching = async (): Promise<void> => {
    for await (const one of whileItSpeaks(engine, 0.05, (asked) => asked.pull('a:1'))) news.push(one);
  };
  await expect(fetching()).rejects.toThrow('no news of it came');
  expect(news).toEqual([{ status: 'Downloading' }]);
});
