import { describe, expect, it } from 'vitest';
import { callHost } from '../../../../main/hosts/host-client.ts';
import type { Call, CallOptions } from '../../../../protocol/contract/call.ts';
import { connect } from '../../../../protocol/contract/connect.ts';
import { type AsideError, AsideError as Failure } from '../../../../protocol/errors.ts';
import { echoContract } from '../../../fixtures/hosts/echo-contract.ts';
import { errorOf } from '../../../helpers/error-of.ts';
import { createFakeLauncher, type FakeHost, settle } from '../../../helpers/fake-launcher.ts';
import { createManualTimers, type ManualTimers } from '../../../helpers/manual-timers.ts';

interface Calling {
  readonly fake: FakeHost;
  readonly timers: ManualTimers;
  readonly call: Call<unknown>;
  /** What the supervisor was told, in order. */
  readonly told: string[];
}

function callFake(options: CallOptions<unknown> = {}): Calling {
  const launcher = createFakeLauncher();
  const host = launcher.launch({ engine: 'scripted', entryPath: '/host.js', args: [] });
  const timers = createManualTimers();
  const told: string[] = [];
  const client = connect(echoContract, host.port, { onMalformed: () => {}, timers });
  const listener = {
    onProgress: () => told.push('progress'),
    onAbandoned: () => told.push('abandoned'),
    onDeaf: () => told.push('deaf'),
    onSettled: () => told.push('settled'),
  };
  const call = callHost(client, 'echo.wait', {}, options, listener, { cancelGraceMs: 150, timers });
  return { fake: launcher.last, timers, call, told };
}

const refusal = { code: 'refused', message: 'no', remedy: '', details: { reason: 'no' } };

describe('a call on a host', () => {
  it('settles when it is answered', async () => {
    const { fake, call, told, timers } = callFake();
    fake.answer({});
    await call.result;
    await call.settled;
    expect([told, timers.pending]).toEqual([['settled'], 0]);
  });

  it('settles when it is refused, and was never abandoned', async () => {
    const { fake, call, told } = callFake();
    fake.say({ kind: 'error', id: 0, error: refusal });
    expect((await errorOf(call.result)).code).toBe('refused');
    await call.settled;
    expect(told).toEqual(['settled']);
  });

  it('tells of progress before the caller hears it', async () => {
    const seen: unknown[] = [];
    const { fake, told } = callFake({ onProgress: (item) => seen.push([item, [...told]]) });
    fake.say({ kind: 'progress', id: 0, item: {} });
    expect(seen).toEqual([[{}, ['progress']]]);
  });

  it('is abandoned by a cancel, and settles when the host hears it', async () => {
    const abort = new AbortController();
    const { fake, call, told, timers } = callFake({ signal: abort.signal });
    abort.abort();
    expect((await errorOf(call.result)).code).toBe('request-cancelled');
    expect(fake.sent.at(-1)).toEqual({ kind: 'cancel', id: 0 });
    fake.say({
      kind: 'error',
      id: 0,
      error: { ...refusal, code: 'request-cancelled', details: { request: 'echo.wait' } },
    });
    await call.settled;
    timers.advance(1_000);
    expect(told).toEqual(['abandoned', 'settled']);
  });

  it('is abandoned by a deadline', async () => {
    const { call, told, timers } = callFake({ timeoutMs: 10 });
    timers.advance(10);
    expect((await errorOf(call.result)).code).toBe('request-timeout');
    await settle();
    expect(told).toEqual(['abandoned']);
  });

  it('is abandoned by silence', async () => {
    const { call, told, timers } = callFake({ progressTimeoutMs: 10 });
    timers.advance(10);
    expect((await errorOf(call.result)).details).toMatchObject({ limit: 'progress' });
    await settle();
    expect(told).toEqual(['abandoned']);
  });

  it('finds a host deaf that has not ended an abandoned call within the grace period', async () => {
    const abort = new AbortController();
    const { call, told, timers } = callFake({ signal: abort.signal });
    abort.abort();
    await errorOf(call.result);
    await settle();
    timers.advance(149);
    expect(told).toEqual(['abandoned']);
    timers.advance(1);
    expect(told).toEqual(['abandoned', 'deaf']);
  });

  it('finds nobody deaf who said first that the call was cancelled', async () => {
    const { fake, call, told, timers } = callFake();
    fake.say({
      kind: 'error',
      id: 0,
      error: { ...refusal, code: 'request-cancelled', details: { request: 'echo.wait' } },
    });
    expect((await errorOf(call.result)).code).toBe('request-cancelled');
    await settle();
    expect([told, timers.pending]).toEqual([['settled'], 0]);
  });

  it('settles when the connection is gone', async () => {
    const { fake, call, told } = callFake();
    const why: AsideError = new Failure('host-protocol', 'nonsense', { details: { pid: 1, got: 'nonsense' } });
    fake.host.port.close(why);
    expect(await errorOf(call.result)).toBe(why);
    await call.settled;
    expect(told).toEqual(['settled']);
  });
});
