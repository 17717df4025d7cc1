import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Progress } from '../../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../../protocol/contract/host-contract.ts';
import { findWhyNoNativeEspeak } from '../../helpers/native-espeak.ts';
import {
  endNativeHosts,
  isEvent,
  isProgress,
  launchNativeHost,
  type NativeHost,
  speakParams,
  startNativeHost,
} from '../../helpers/native-host.ts';

type Item = Progress<HostContract, 'utterance.speak'>;

const TEXT = 'The same words must sound the same, 1234 times, wherever they are spoken.';
const LONG_TEXT = 'Sentences follow one another without an end in sight. '.repeat(5_000);

const whyNoNative = await findWhyNoNativeEspeak();
const builds = whyNoNative === undefined ? ['native', 'wasm'] : ['wasm'];

afterEach(endNativeHosts);

if (whyNoNative !== undefined) {
  it('a host with the native build of espeak does all this too', ({ skip }) => skip(whyNoNative));
}

function start(build: string): Promise<NativeHost> {
  return startNativeHost({ engine: 'espeak', env: { ASIDE_ESPEAK: build } });
}

function params(text: string) {
  return { ...speakParams(text), voiceId: 'espeak:gmw/en-US' };
}

async function speak(
  host: NativeHost,
  text: string,
): Promise<{ bytes: number; sha256: string; boundaries: unknown[] }> {
  const items: Item[] = [];
  await host.client.request('utterance.speak', params(text), { onProgress: (item) => items.push(item) });
  const pcm = Buffer.concat(items.flatMap((item) => (item.kind === 'audio' ? [item.pcm] : [])));
  return {
    bytes: pcm.length,
    sha256: createHash('sha256').update(pcm).digest('hex'),
    boundaries: items.flatMap((item) => (item.kind === 'boundaries' ? item.boundaries : [])),
  };
}

describe.each(builds)('a host with the %s build of espeak', (build) => {
  it('makes the same bytes as another that has spoken something else before', async () => {
    const [fresh, used] = await Promise.all([start(build), start(build)]);
    await speak(used, 'Something else entirely; it leaves no trace.');
    const [first, second] = await Promise.all([speak(fresh, TEXT), speak(used, TEXT)]);
    expect(first.bytes).toBeGreaterThan(100_000);
    expect(second).toEqual(first);
  });

  it('is cancelled in the middle of a text and speaks the next as if nothing had been', async () => {
    const host = await start(build);
    const before = await speak(host, TEXT);
    const abort = new AbortController();
    const call = host.client.start('utterance.speak', params(LONG_TEXT), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
    await call.settled;
    expect(await speak(host, TEXT)).toEqual(before);
  });

  it('answers while it speaks', async () => {
    const host = await start(build);
    const call = host.client.start('utterance.speak', params(LONG_TEXT));
    call.result.catch(() => {}); // ends with the host
    await host.until(isProgress);
    for (let i = 0; i < 10; i++) await expect(host.client.request('host.ping', {})).resolves.toEqual({});
  });

  it('lists voices', async () => {
    const { voices } = await (await start(build)).client.request('voices.list', {});
    expect(voices).toContainEqual({
      id: 'espeak:gmw/en-US',
      name: 'English (America)',
      language: 'en-US',
      gender: 'male',
      engine: 'espeak',
    });
  });
});

it('a host without a usable build of espeak does not start, and says why', async () => {
  const env = { ASIDE_ESPEAK: 'native', ASIDE_ESPEAK_LIBRARY: '/nowhere/libespeak-ng.so' };
  const host = launchNativeHost({ engine: 'espeak', env });
  expect(await host.until(isEvent('host.failed'))).toMatchObject({
    payload: {
      error: { code: 'engine-unavailable', message: expect.stringContaining('/nowhere/libespeak-ng.so') },
    },
  });
});
