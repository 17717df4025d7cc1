import { describe, expect, it } from 'vitest';
import { untilInterrupted } from '../../../../../main/shells/cli/until-interrupted.ts';

describe('untilInterrupted', () => {
  it('gives what the work gives', async () => {
    await expect(untilInterrupted(Promise.resolve(7), new AbortController().signal, 'work')).resolves.toBe(7);
  });

  it.each(['before', 'while'])('rejects at once when it is interrupted %s it runs', async (when) => {
    const abort = new AbortController();
    if (when === 'before') abort.abort();
    const waiting = untilInterrupted(new Promise(() => {}), abort.signal, 'endless work');
    abort.abort();
    await expect(waiting).rejects.toMatchObject({
      code: 'request-cancelled',
      details: { request: 'endless work' },
    });
  });
});
