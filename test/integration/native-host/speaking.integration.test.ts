import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Progress } from '../../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../../protocol/contract/host-contract.ts';
import { createGate } from '../../helpers/gate.ts';
import { endNativeHosts, isStarved, type NativeHost, speakParams, startNativeHost } from '../../helpers/native-host.ts';

type Item = Progress<HostContract, 'utterance.speak'>;

let host: NativeHost;
beforeEach(async () => {
  host = await startNativeHost();
});
afterEach(endNativeHosts);

function bytesIn(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + (item.kind === 'audio' ? item.pcm.byteLength : 0), 0);
}

/** Speaks a text to its end with all the credit it wants. */
async function speakAll(text: string): Promise<{ items: Item[]; result: unknown }> {
  const items: Item[] = [];
  const result = await host.client.request('utterance.speak', speakParams(text), {
    onProgress: (item) => items.push(item),
  });
  return { items, result };
}

const audioOf = (items: readonly Item[]): Buffer =>
  Buffer.concat(items.flatMap((item) => (item.kind === 'audio' ? [item.pcm] : [])));

describe('utterance.speak', () => {
  it('sends audio and boundaries, then how much audio it was', async () => {
    const { items, result } = await speakAll('Hello you.');
    expect(items.flatMap((item) => (item.kind === 'boundaries' ? item.boundaries : []))).toEqual([
      { kind: 'sentence', charIndex: 0, charLength: 10, atMs: 0 },
      { kind: 'word', charIndex: 0, charLength: 5, atMs: 0 },
      { kind: 'word', charIndex: 6, charLength: 3, atMs: 300 },
    ]);
    const audioBytes = 0.48 * 22_050 * 2;
    expect(result).toEqual({ sampleRateHz: 22_050, audioBytes });
    expect(bytesIn(items)).toBe(audioBytes);
  });

  it('answers an empty text with no audio', async () => {
    expect(await speakAll('')).toEqual({ items: [], result: { sampleRateHz: 22_050, audioBytes: 0 } });
  });

  it('sends no more than the initial credit, and says that it starves', async () => {
    const items: Item[] = [];
    const onProgress = (item: Item) => items.push(item);
    const call = host.client.start('utterance.speak', speakParams('One two three.', 1_001), { onProgress });
    call.result.catch(() => {}); // ends with the host
    await host.until(isStarved);
    expect(bytesIn(items)).toBe(1_000);
  });

  it('does the same with credit in crumbs as with plenty', async () => {
    const text = 'One two three. Four five.';
    const items: Item[] = [];
    const call = host.client.start('utterance.speak', speakParams(text, 0), {
      onProgress: (item) => {
        items.push(item);
        call.credit(777);
      },
    });
    call.credit(777);
    const result = await call.result;
    const plenty = await speakAll(text);
    expect(result).toEqual(plenty.result);
    expect(audioOf(items).equals(audioOf(plenty.items))).toBe(true);
  });

  it('goes on from where it starved', async () => {
    const items: Item[] = [];
    const call = host.client.start('utterance.speak', speakParams('One two.', 2_000), {
      onProgress: (item) => items.push(item),
    });
    await host.until(isStarved);
    call.credit(1_000_000);
    await call.result;
    expect(audioOf(items).equals(audioOf((await speakAll('One two.')).items))).toBe(true);
  });

  it('can be cancelled while it waits for credit, and the host then takes the next call', async () => {
    const abort = new AbortController();
    const call = host.client.start('utterance.speak', speakParams('One two three.', 10), { signal: abort.signal });
    await host.until(isStarved);
    abort.abort();
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
    await call.settled;
    expect((await speakAll('Next.')).result).toMatchObject({ audioBytes: 10_584 });
  });

  it('can be cancelled while it synthesises, and the host then takes the next call', async () => {
    const abort = new AbortController();
    const call = host.client.start('utterance.speak', speakParams(`{{slow 5}} ${'word '.repeat(100_000)}`), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
    await call.settled;
    expect((await speakAll('Next.')).result).toMatchObject({ audioBytes: 10_584 });
  });

  it('does not answer a cancelled call before the engine is idle', async () => {
    const gate = createGate();
    const abort = new AbortController();
    const call = host.client.start('utterance.speak', speakParams(`{{deaf}} One {{until ${gate.path}}} two.`), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
    const next = host.client.request('voices.list', {});
    await expect(next).rejects.toMatchObject({ code: 'refused' });
    gate.open();
    await call.settled;
    await expect(host.client.request('voices.list', {})).resolves.toMatchObject({ voices: expect.any(Array) });
  });

  it('refuses a second call while one runs', async () => {
    const call = host.client.start('utterance.speak', speakParams('One two three.', 10));
    await host.until(isStarved);
    await expect(host.client.request('voices.list', {})).rejects.toMatchObject({
      code: 'refused',
      details: { reason: 'this host is still answering utterance.speak' },
    });
    call.credit(1_000_000);
    await expect(call.result).resolves.toMatchObject({ sampleRateHz: 22_050 });
  });

  it('rejects parameters that break the contract, with the path, before the engine sees them', async () => {
    const params = { ...speakParams('Hi'), prosody: { rate: 99, pitch: 0, volume: 100 } };
    await expect(host.client.request('utterance.speak', params)).rejects.toMatchObject({
      code: 'contract',
      details: { path: 'params.prosody.rate', got: '99' },
    });
  });

  it('rejects a voice that the engine does not have', async () => {
    const params = { ...speakParams('Hi'), voiceId: 'scripted:klingon' };
    await expect(host.client.request('utterance.speak', params)).rejects.toMatchObject({
      code: 'voice-not-found',
      details: { voiceId: 'scripted:klingon' },
    });
  });

  it('rejects with the error of an engine that refuses the text, and lives on', async () => {
    await expect(host.client.request('utterance.speak', speakParams('One {{fail}} two.'))).rejects.toMatchObject({
      code: 'synthesis',
      details: { engine: 'scripted', nativeCode: 7 },
    });
    expect((await speakAll('Next.')).result).toMatchObject({ audioBytes: 10_584 });
  });

  it('lives on after a defect in the engine that is no crash', async () => {
    await expect(host.client.request('utterance.speak', speakParams('{{throw}}'))).rejects.toMatchObject({
      code: 'internal',
    });
    expect((await speakAll('Next.')).result).toMatchObject({ audioBytes: 10_584 });
  });

  it('names the call that a crash took with it', async () => {
    const call = host.client.start('utterance.speak', speakParams('One {{crash}} two.', 100));
    const lost = expect(call.result).rejects.toMatchObject({
      code: 'host-exited',
      details: { exitCode: null, signal: 'SIGKILL', request: 'utterance.speak' },
    });
    await host.until(isStarved);
    call.credit(1_000_000);
    await lost;
  });
});
