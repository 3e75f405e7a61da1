import { describe, expect, it } from 'vitest';
import { AuteurError } from '../errors.ts';
import { answer, PendingCalls, type Call } from './channel.ts';

function loopback(calls: PendingCalls, run: (call: Call) => Promise<unknown>) {
  return (call: Call): void => {
    void answer(structuredClone(call), run).then((reply) => {
      calls.settle(structuredClone(reply));
    });
  };
}

describe('PendingCalls', () => {
  it('gives each caller its own answer, in whatever order they come', async () => {
    const calls = new PendingCalls();
    const held: Call[] = [];
    const first = calls.start<string>((call) => held.push(call), 'film', ['a']);
    const second = calls.start<string>((call) => held.push(call), 'film', ['b']);
    for (const call of held.reverse()) {
      calls.settle({ kind: 'result', id: call.id, value: `film of ${String(call.args[0])}` });
    }
    expect(await Promise.all([first, second])).toEqual(['film of a', 'film of b']);
  });

  it('brings an AuteurError across with its code, its data and its words', async () => {
    const calls = new PendingCalls();
    const send = loopback(calls, () =>
      Promise.reject(new AuteurError('take-unknown', { address: '01/02/03', number: 4 })),
    );
    const error: unknown = await calls.start(send, 'activateTake', []).catch((reason: unknown) => reason);
    expect(AuteurError.is(error, 'take-unknown')).toBe(true);
    expect(error).toMatchObject({ message: 'Shot 01/02/03 has no take 4.', data: { number: 4 } });
  });

  it('reports anything else that is thrown as an unexpected error', async () => {
    const calls = new PendingCalls();
    const send = loopback(calls, () => Promise.reject(new TypeError('x is not iterable')));
    await expect(calls.start(send, 'film', [])).rejects.toMatchObject({
      code: 'unexpected',
      data: { reason: 'x is not iterable' },
    });
  });

  it('rejects what cannot be cloned instead of waiting for ever', async () => {
    const calls = new PendingCalls();
    const send = loopback(calls, () => Promise.resolve());
    await expect(calls.start(send, 'film', [() => 1])).rejects.toMatchObject({ code: 'unexpected' });
  });

  it('rejects everything that waits when the thread is gone', async () => {
    const calls = new PendingCalls();
    const waiting = calls.start(() => undefined, 'film', []);
    calls.rejectAll(new AuteurError('studio-stopped', { reason: 'exit code 1' }));
    await expect(waiting).rejects.toMatchObject({ code: 'studio-stopped' });
  });
});
