import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGate } from '../../helpers/gate.ts';
import {
  endNativeHosts,
  isProgress,
  type NativeHost,
  speakParams,
  startNativeHost,
} from '../../helpers/native-host.ts';

const TEN_MINUTES_MS = 600_000;

let host: NativeHost;
beforeEach(async () => {
  host = await startNativeHost();
});
afterEach(endNativeHosts);

/** Starts a call that will not come back: once it makes progress, nothing keeps it from getting to the directive. */
async function block(directive: string) {
  const call = host.client.start('utterance.speak', speakParams(`{{deaf}} One {{${directive}}} two.`), {
    progressTimeoutMs: null,
  });
  call.result.catch(() => {}); // ends with the host
  await host.until(isProgress);
  return call;
}

/** Ways in which an engine can be busy and deaf. */
const blocking = [`native-sleep ${TEN_MINUTES_MS}`, `spin ${TEN_MINUTES_MS}`, 'hang'];

describe.each(blocking)('a host whose engine is in {{%s}}', (directive) => {
  it('answers pings', async () => {
    await block(directive);
    for (let i = 0; i < 10; i++) await expect(host.client.request('host.ping', {})).resolves.toEqual({});
  });

  it('tells its stats', async () => {
    await block(directive);
    await expect(host.client.request('host.stats', {})).resolves.toMatchObject({ calls: 0 });
  });

  it('refuses another call at once', async () => {
    await block(directive);
    await expect(host.client.request('voices.list', {})).rejects.toMatchObject({ code: 'refused' });
  });

  it('ends within the grace period when it is told to shut down, and says so', async () => {
    await block(directive);
    await expect(host.client.request('host.shutdown', {}, { timeoutMs: null })).rejects.toMatchObject({
      code: 'host-exited',
      details: { exitCode: 75, signal: null, request: 'host.shutdown' },
    });
    expect(host.stderrTail().join('\n')).toContain('did not stop within 1000 ms');
  });
});

describe('a host', () => {
  it('counts the calls that it answered', async () => {
    await host.client.request('voices.list', {});
    await host.client.request('voices.list', {});
    expect(await host.client.request('host.stats', {})).toMatchObject({ calls: 2 });
  });

  it('does not let a blocked call be cancelled behind its back', async () => {
    const gate = createGate();
    const abort = new AbortController();
    const call = host.client.start('utterance.speak', speakParams(`{{deaf}} One {{until ${gate.path}}} two.`), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
    await expect(host.client.request('host.ping', {})).resolves.toEqual({});
    expect(host.received.filter(({ kind }) => kind === 'error')).toEqual([]);
    gate.open();
    await call.settled;
    expect(host.received.filter(({ kind }) => kind === 'error')).toHaveLength(1);
  });

  it('rejects a request that is not in the contract', async () => {
    host.sendRaw({ kind: 'request', id: 77, method: 'utterance.sing', params: {} });
    expect(await host.until(({ kind }) => kind === 'error')).toMatchObject({
      id: 77,
      error: { code: 'contract', details: { got: 'utterance.sing' } },
    });
  });

  it('is not disturbed by credit and cancels for calls that are over', async () => {
    const call = host.client.start('voices.list', {});
    await call.result;
    host.sendRaw({ kind: 'credit', id: 0, bytes: 5 });
    host.sendRaw({ kind: 'cancel', id: 0 });
    await expect(host.client.request('host.ping', {})).resolves.toEqual({});
  });

  it('is not disturbed by what its engine prints to stdout, which comes out as a diagnostic', async () => {
    await host.client.request('utterance.speak', speakParams('One {{stdout stray-line}} two.'));
    await host.client.request('host.shutdown', {});
    await host.exited;
    expect(host.stderrTail().filter((line) => line === 'stray-line')).toHaveLength(2);
  });
});
