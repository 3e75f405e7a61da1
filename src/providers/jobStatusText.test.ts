import { describe, expect, it } from 'vitest';
import { aJobView } from '../../test/builders/aJobView.ts';
import { statusText } from './jobStatusText.ts';
import { untranslated as t } from './translate.ts';

const quiet = { running: [], waiting: [], done: 0, failed: 0, paused: false };

function running(progress: number) {
  return aJobView({ status: 'running', progress, address: '01/02/03' });
}

describe('the status bar', () => {
  it('says nothing where nothing happened', () => {
    expect(statusText(t, quiet)).toBeUndefined();
  });

  it('names the shot of the only job', () => {
    expect(statusText(t, { ...quiet, running: [running(0.5)] })?.text).toBe('$(sync~spin) 01/02/03 50%');
  });

  it('counts several, and how far they are together', () => {
    const status = statusText(t, {
      ...quiet,
      running: [running(0.5), running(0.3)],
      waiting: [aJobView(), aJobView()],
    });
    expect(status?.text).toBe('$(sync~spin) 2 running · 2 waiting · 20%');
  });

  it('says that the queue is paused, whether or not something waits', () => {
    expect(statusText(t, { ...quiet, paused: true })?.text).toBe('$(debug-pause) paused');
    const status = statusText(t, { ...quiet, paused: true, waiting: [aJobView()], remainingMs: 61_000 });
    expect(status?.text).toBe('$(debug-pause) paused · 1 waiting');
    expect(status?.tooltip).toContain('paused, 1 waiting, about 61 s once resumed');
  });

  it('is tinted only when something failed', () => {
    expect(statusText(t, { ...quiet, done: 2 })).toMatchObject({ text: '$(check) 2 takes', failed: false });
    expect(statusText(t, { ...quiet, done: 2, failed: 1 })).toMatchObject({
      text: '$(error) 1 take failed',
      failed: true,
    });
  });
});
