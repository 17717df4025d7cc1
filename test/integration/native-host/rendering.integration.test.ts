import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Boundary } from '../../../protocol/model/boundary.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import {
  endNativeHosts,
  isProgress,
  type NativeHost,
  speakParams,
  startNativeHost,
} from '../../helpers/native-host.ts';

let host: NativeHost;
let dir = '';
let path = '';
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'aside-render-'));
  path = join(dir, 'audio.pcm');
  writeFileSync(path, '');
  host = await startNativeHost();
});
afterEach(async () => {
  await endNativeHosts();
  rmSync(dir, { recursive: true, force: true });
});

function params(text: string, more: { path?: string; offsetBytes?: number; wantBoundaries?: boolean } = {}) {
  return {
    text,
    voiceId: 'scripted:de',
    prosody: DEFAULT_PROSODY,
    path,
    offsetBytes: 0,
    wantBoundaries: false,
    ...more,
  };
}

async function spoken(text: string): Promise<Buffer> {
  const pcm: Uint8Array[] = [];
  await host.client.request('utterance.speak', speakParams(text), {
    onProgress: (item) => item.kind === 'audio' && pcm.push(item.pcm),
  });
  return Buffer.concat(pcm);
}

describe('utterance.render', () => {
  const text = 'One two three. Four five.';

  it('writes from the offset on just what speaking sends', async () => {
    writeFileSync(path, Buffer.alloc(44, 9));
    const result = await host.client.request('utterance.render', params(text, { offsetBytes: 44 }));
    const audio = await spoken(text);
    expect(readFileSync(path).equals(Buffer.concat([Buffer.alloc(44, 9), audio]))).toBe(true);
    expect(result).toEqual({ sampleRateHz: 22_050, audioBytes: audio.length, words: 5 });
  });

  it('leaves the same file when it is done again', async () => {
    await host.client.request('utterance.render', params(text));
    const once = readFileSync(path);
    await host.client.request('utterance.render', params(text));
    expect(readFileSync(path).equals(once)).toBe(true);
  });

  it('leaves a whole file when it is done again after a crash in the middle', async () => {
    const marker = join(dir, 'crashed');
    const crashing = `One two three. {{crash-once ${marker}}} Four five.`;
    await expect(host.client.request('utterance.render', params(crashing))).rejects.toMatchObject({
      code: 'host-exited',
    });
    host = await startNativeHost();
    const result = await host.client.request('utterance.render', params(crashing));
    expect(readFileSync(path)).toHaveLength(result.audioBytes);
    expect(readFileSync(path).equals(await spoken(crashing))).toBe(true);
  });

  it('reports all boundaries when they are wanted', async () => {
    const boundaries: Boundary[] = [];
    await host.client.request('utterance.render', params(text, { wantBoundaries: true }), {
      onProgress: (item) => item.kind === 'boundaries' && boundaries.push(...item.boundaries),
    });
    expect(boundaries.filter(({ kind }) => kind === 'word').map(({ charIndex }) => charIndex)).toEqual([
      0, 4, 8, 15, 20,
    ]);
  });

  it('can be cancelled, and what it reported before is in the file', async () => {
    const abort = new AbortController();
    const long = `{{slow 5}} ${'word '.repeat(100_000)}`;
    const call = host.client.start('utterance.render', params(long), { signal: abort.signal });
    const cancelled = expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
    const report = await host.until(isProgress);
    abort.abort();
    await cancelled;
    await call.settled;
    expect(report).toMatchObject({ item: { kind: 'written' } });
    expect(readFileSync(path).length).toBeGreaterThanOrEqual(
      (report as { item: { audioBytes: number } }).item.audioBytes,
    );
  });

  it('does not make a file that is not there', async () => {
    const missing = join(dir, 'missing.pcm');
    await expect(host.client.request('utterance.render', params(text, { path: missing }))).rejects.toMatchObject({
      code: 'file',
      details: { path: missing, reason: 'ENOENT' },
      remedy: expect.stringMatching(/\w/u),
    });
    expect(existsSync(missing)).toBe(false);
  });

  it.skipIf(!existsSync('/dev/full'))('says that the disk is full, and takes the next call', async () => {
    await expect(host.client.request('utterance.render', params(text, { path: '/dev/full' }))).rejects.toMatchObject({
      code: 'file',
      details: { path: '/dev/full', reason: 'ENOSPC' },
    });
    await expect(host.client.request('utterance.render', params(text))).resolves.toMatchObject({ words: 5 });
  });
});
