import { describe, expect, it } from 'vitest';
import { mayRetry } from '../../../../main/hosts/retry-policy.ts';
import { AsideError } from '../../../../protocol/errors.ts';

const exited = new AsideError('host-exited', 'died', {
  details: { pid: 1, exitCode: 1, signal: null, request: null, stderrTail: [] },
});
const protocol = new AsideError('host-protocol', 'nonsense', { details: { pid: 1, got: '' } });
const refused = new AsideError('refused', 'no', { details: { reason: 'no' } });
const contract = new AsideError('contract', 'bad', { details: { path: 'params', expected: '', got: '' } });

describe('trying a call again', () => {
  it('does not happen unless it is asked for', () => {
    expect(mayRetry(undefined, 1, exited)).toBe(false);
    expect(mayRetry({ times: 0 }, 1, exited)).toBe(false);
  });

  it('happens when the host broke, and not when the call was refused', () => {
    const retried = [exited, protocol, refused, contract].filter((error) => mayRetry({ times: 1 }, 1, error));
    expect(retried).toEqual([exited, protocol]);
  });

  it('happens as often as it may', () => {
    expect([1, 2, 3].map((attempts) => mayRetry({ times: 2 }, attempts, exited))).toEqual([true, true, false]);
  });

  it('happens for the failures that are named, in place of the usual ones', () => {
    const retried = [exited, refused].filter((error) => mayRetry({ times: 1, codes: ['refused'] }, 1, error));
    expect(retried).toEqual([refused]);
  });

  it('does not happen for what is no failure of ours', () => {
    expect(mayRetry({ times: 1 }, 1, new Error('a defect'))).toBe(false);
  });
});
