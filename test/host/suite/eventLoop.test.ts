import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { command, extension } from '../lib/extension.ts';
import { committed, makeFilm, takesOf } from '../lib/film.ts';
import { say } from '../lib/say.ts';

const wanted = 10;
const limitMs = 250;

describe('the extension host', () => {
  it(`stays responsive while ${wanted} takes of a shot are generated`, async () => {
    await extension().activate();
    const film = await makeFilm('Ten Takes');
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    await Promise.all(Array.from({ length: wanted }, () => command('auteur.shot.generateTake', film)));
    const takes = await takesOf(film, wanted, { withinMs: 90_000 });
    await committed(film, wanted);
    delay.disable();
    const worst = delay.max / 1e6;
    say(`event loop over ${wanted} takes: at most ${worst.toFixed(0)} ms late (${delay.count} samples)`);
    assert.deepEqual(
      takes.map(({ take }) => take.number),
      Array.from({ length: wanted }, (_, index) => index + 1),
    );
    assert.ok(worst < limitMs, `the event loop stood still for ${worst.toFixed(0)} ms`);
  }).timeout(120_000);
});
