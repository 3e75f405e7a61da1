import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/lib/tempFolder.ts';
import { AuteurError } from '../../../core/errors.ts';
import { ContainerEngine } from '../../containers/containerEngine.ts';
import { EngineLink } from '../../containers/engineLink.ts';
import { unlessEngineLeaves } from './leavingEngine.ts';

test('what an engine refuses that then stops is that it is away, and not an end of the job', async () => {
  const socketPath = join(tempFolder(), 'engine.sock');
  const server = createServer((_request, response) => {
    response.end('OK');
    // As one that stops answers for a while.
    server.close();
  }).listen(socketPath);
  await once(server, 'listening');
  const engine = new ContainerEngine(new EngineLink(() => Promise.resolve({ socketPath })));
  const refused = new AuteurError('engine-refused', { action: 'start a container', reason: 'it is closing' });
  expect(await unlessEngineLeaves(engine, refused)).toMatchObject({ code: 'engine-not-running' });
  const own = new AuteurError('container-no-result');
  expect(await unlessEngineLeaves(engine, own)).toBe(own);
});
