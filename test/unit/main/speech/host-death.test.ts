import { describe, expect, it } from 'vitest';
import { retryOnHostDeath } from '../../../../main/speech/host-death.ts';
import { AsideError } from '../../../../protocol/errors.ts';

const TEXT = 'Some text. The deadly sentence. More.';
const RANGE = { charIndex: 11, charLength: 21 };

const died = (exitCode: number | null, signal: string | null): AsideError =>
  new AsideError('host-exited', 'died', {
    details: { pid: 1, exitCode, signal, request: 'utterance.speak', stderrTail: [] },
  });

/** Fails with each of `errors` in turn, then succeeds. */
function attempts(errors: unknown[]): { run: () => Promise<string>; count: () => number } {
  let count = 0;
  return {
    run: async () => {
      count += 1;
      const error = errors[count - 1];
      if (error !== undefined) throw error;
      return 'spoken';
    },
    count: () => count,
  };
}

describe('retryOnHostDeath', () => {
  it('tries once more when the host dies, and tells', async () => {
    const { run } = attempts([died(null, 'SIGSEGV')]);
    const told: unknown[] = [];
    expect(await retryOnHostDeath(TEXT, RANGE, run, (error) => told.push(error.code))).toBe('spoken');
    expect(told).toEqual(['host-exited']);
  });

  it('gives up after the second death and names the text and how each host died', async () => {
    const { run, count } = attempts([died(null, 'SIGSEGV'), died(3, null)]);
    await expect(retryOnHostDeath(TEXT, RANGE, run, () => {})).rejects.toMatchObject({
      code: 'segment-failed',
      message: expect.stringContaining('killed by SIGSEGV, then exit code 3'),
      details: {
        ...RANGE,
        text: 'The deadly sentence.',
        exits: [
          { exitCode: null, signal: 'SIGSEGV' },
          { exitCode: 3, signal: null },
        ],
      },
    });
    expect(count()).toBe(2);
  });

  it('does not count hosts that somebody had ended, and tells of each', async () => {
    const ended = new AsideError('host-exited', 'was ended on request', {
      details: { pid: 1, exitCode: null, signal: null, request: 'x', stderrTail: [], onRequest: true },
    });
    const { run, count } = attempts([ended, ended, died(null, 'SIGSEGV'), ended]);
    let told = 0;
    expect(await retryOnHostDeath(TEXT, RANGE, run, () => (told += 1))).toBe('spoken');
    expect([told, count()]).toEqual([4, 5]);
  });

  it('counts a host that had to be killed since it made no progress as a death', async () => {
    const hung = new AsideError('request-timeout', 'no progress', {
      details: { request: 'utterance.speak', limit: 'progress', timeoutMs: 10_000 },
    });
    const { run } = attempts([hung, hung]);
    await expect(retryOnHostDeath(TEXT, RANGE, run, () => {})).rejects.toMatchObject({ code: 'segment-failed' });
  });

  it('tries once more when the host answered with nonsense, but not when it refused our own', async () => {
    const broke = (path: string): AsideError =>
      new AsideError('contract', 'broke the contract', { details: { path, expected: 'a number', got: 'none' } });
    expect(await retryOnHostDeath(TEXT, RANGE, attempts([broke('utterance.speak.result')]).run, () => {})).toBe(
      'spoken',
    );
    const refused = attempts([broke('params.voiceId')]);
    await expect(retryOnHostDeath(TEXT, RANGE, refused.run, () => {})).rejects.toMatchObject({ code: 'contract' });
    expect(refused.count()).toBe(1);
  });

  it('passes every other failure on at once', async () => {
    const refused = new AsideError('voice-not-found', 'no such voice', { details: { voiceId: 'x' } });
    const { run, count } = attempts([refused]);
    await expect(retryOnHostDeath(TEXT, RANGE, run, () => {})).rejects.toBe(refused);
    expect(count()).toBe(1);
  });
});
