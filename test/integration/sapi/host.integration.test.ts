import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ParsedParams, Progress } from '../../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../../protocol/contract/host-contract.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { endNativeHosts, isProgress, isStarved, type NativeHost, startNativeHost } from '../../helpers/native-host.ts';
import { findWhyNoSapi, sapiEnv } from '../../helpers/sapi-here.ts';

type Params = ParsedParams<HostContract, 'utterance.speak'>;
type Item = Progress<HostContract, 'utterance.speak'>;

const TEN_MINUTES_MS = 600_000;
const TEXT = 'One two three. Four five!';
const scripted = process.platform === 'win32' ? 'the directives are of the scripted voice' : findWhyNoSapi();

function params(text: string, more: Partial<Params> = {}): Params {
  return { text, voiceId: 'sapi:TTS_DAVID', prosody: DEFAULT_PROSODY, initialCreditBytes: 2 ** 40, ...more };
}

let host: NativeHost;

/** All that comes of a text. */
async function speak(text: string, more: Partial<Params> = {}) {
  const items: Item[] = [];
  const result = await host.client.request('utterance.speak', params(text, more), {
    onProgress: (item) => items.push(item),
  });
  const pcm = Buffer.concat(items.flatMap((item) => (item.kind === 'audio' ? [item.pcm] : [])));
  const boundaries = items.flatMap((item) => (item.kind === 'boundaries' ? item.boundaries : []));
  return { result, pcm, boundaries };
}

/** A call that will not come back by itself; its end is the host's. Nothing keeps it from getting to the directive. */
async function block(directive: string) {
  const call = host.client.start('utterance.speak', params(`{{deaf}} One {{${directive}}} two.`), {
    progressTimeoutMs: null,
  });
  call.result.catch(() => {});
  await host.until(isProgress);
  return call;
}

if (scripted !== undefined) it('a host with SAPI keeps its promises', ({ skip }) => skip(scripted));

describe.runIf(scripted === undefined)('a host with SAPI', { timeout: 60_000 }, () => {
  beforeEach(async () => {
    host = await startNativeHost({ engine: 'sapi', env: sapiEnv });
  });
  afterEach(endNativeHosts);

  it('lists its voices with all that their tokens say, and those that cannot be used with the reason', async () => {
    const { voices, unusable } = await host.client.request('voices.list', {});
    expect(voices).toEqual([
      {
        id: 'sapi:TTS_DAVID',
        name: 'Scripted David',
        language: 'en-US',
        gender: 'male',
        engine: 'sapi',
        source: 'sapi',
        age: 'adult',
        vendor: 'Aside',
      },
      expect.objectContaining({ id: 'sapi:TTS_HEDDA', language: 'de-DE', gender: 'female', age: 'senior' }),
      // Between these two is a token that cannot be read.
      expect.objectContaining({ id: 'sapi:TTS_HARUKA', language: 'ja-JP', age: 'teen' }),
      { id: 'sapi:TTS_BARE', name: 'TTS_BARE', language: 'und', gender: 'unknown', engine: 'sapi', source: 'sapi' },
      expect.objectContaining({ id: 'sapi:onecore/MSTTS_MARK', source: 'onecore' }),
    ]);
    expect(unusable).toEqual([
      { name: 'Scripted Old Voice', engine: 'sapi', reason: expect.stringContaining('32-bit') },
    ]);
  });

  describe('while a call into SAPI blocks', () => {
    it.each([`block ${TEN_MINUTES_MS}`, 'hang'])('answers, and refuses another call: {{%s}}', async (directive) => {
      await block(directive);
      for (let i = 0; i < 10; i++) await expect(host.client.request('host.ping', {})).resolves.toEqual({});
      await expect(host.client.request('host.stats', {})).resolves.toMatchObject({ calls: 0 });
      await expect(host.client.request('voices.list', {})).rejects.toMatchObject({ code: 'refused' });
    });

    it('is cancelled, and speaks the next text as if nothing had been', async () => {
      const before = await speak(TEXT);
      const abort = new AbortController();
      const call = host.client.start('utterance.speak', params(`One {{block ${TEN_MINUTES_MS}}}`), {
        signal: abort.signal,
        onProgress: () => abort.abort(),
      });
      await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
      await call.settled;
      expect(await speak(TEXT)).toEqual(before);
    });

    it('is cancelled while it waits for credit, at once', async () => {
      const before = await speak(TEXT);
      const abort = new AbortController();
      const long = params('word '.repeat(10_000), { initialCreditBytes: 10 });
      const call = host.client.start('utterance.speak', long, { signal: abort.signal });
      await host.until(isStarved);
      abort.abort();
      await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
      await call.settled;
      expect(await speak(TEXT)).toEqual(before);
    });

    it('ends within the grace period when it is told to shut down and SAPI is deaf, and says so', async () => {
      await block('hang');
      await expect(host.client.request('host.shutdown', {}, { timeoutMs: null })).rejects.toMatchObject({
        code: 'host-exited',
        details: { exitCode: 75 },
      });
      expect(host.stderrTail().join('\n')).toContain('did not stop within 1000 ms');
    });

    it('ends at once when its parent is gone', async () => {
      await block('hang');
      host.disconnect();
      expect(await host.exited).toEqual({ exitCode: 0, signal: null });
    });
  });

  it('ends with 0 when it is asked to, idle or in the middle of a text', async () => {
    const call = host.client.request('utterance.speak', params('{{slow 5}} word '.repeat(5_000)));
    await host.until(isProgress);
    const ended = host.client.request('host.shutdown', {});
    await expect(call).rejects.toMatchObject({ code: 'request-cancelled' });
    await expect(ended).resolves.toEqual({});
    expect(await host.exited).toEqual({ exitCode: 0, signal: null });
  });

  it('never sends more than was granted, and all of it in the end', async () => {
    const whole = await speak(TEXT);
    let [granted, got] = [1_000, 0];
    const pieces: Uint8Array[] = [];
    const call = host.client.start('utterance.speak', params(TEXT, { initialCreditBytes: granted }), {
      onProgress: (item) => {
        if (item.kind !== 'audio') return;
        got += item.pcm.length;
        pieces.push(item.pcm);
        expect(got).toBeLessThanOrEqual(granted);
        if (got < granted) return;
        granted += 5_000;
        call.credit(5_000);
      },
    });
    await call.result;
    expect(Buffer.concat(pieces).equals(whole.pcm)).toBe(true);
  });

  it('writes into a file just what speaking sends', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'aside-sapi-'));
    try {
      const path = join(dir, 'audio.pcm');
      writeFileSync(path, '');
      const { voiceId, prosody } = params(TEXT);
      const render = { text: TEXT, voiceId, prosody, path, offsetBytes: 0, wantBoundaries: false };
      const result = await host.client.request('utterance.render', render);
      const { pcm } = await speak(TEXT);
      expect(readFileSync(path).equals(pcm)).toBe(true);
      expect(result).toEqual({ sampleRateHz: 22_050, audioBytes: pcm.length, words: 5 });
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it("speaks at the voice's own rate of samples", async () => {
    const { result } = await speak('One', { voiceId: 'sapi:onecore/MSTTS_MARK' });
    expect(result.sampleRateHz).toBe(16_000);
    expect((await speak('One')).result.sampleRateHz).toBe(22_050);
  });

  describe('on markup', () => {
    const marksIn = async (text: string, markup: 'ssml' | 'sapi') =>
      (await speak(text, { markup })).boundaries.map((boundary) => ({
        kind: boundary.kind,
        text: text.slice(boundary.charIndex, boundary.charIndex + boundary.charLength),
        ...(boundary.kind === 'mark' && { name: boundary.name }),
      }));

    it('reads SSML, and tells marks by name and place', async () => {
      const text = '<speak>One <mark name="a&amp;b"/> two.</speak>';
      expect(await marksIn(text, 'ssml')).toEqual([
        { kind: 'sentence', text: expect.stringContaining('One') },
        { kind: 'word', text: 'One' },
        { kind: 'mark', text: '<mark name="a&amp;b"/>', name: 'a&b' },
        { kind: 'word', text: 'two' },
      ]);
    });

    it("reads SAPI's own XML, also at a pitch", async () => {
      const text = 'One <bookmark mark="12"/> &lt;two&gt;.';
      const found = await marksIn(text, 'sapi');
      expect(found.slice(1)).toEqual([
        { kind: 'word', text: 'One' },
        { kind: 'mark', text: '<bookmark mark="12"/>', name: '12' },
        { kind: 'word', text: 'two' },
      ]);
      const higher = await speak(text, { markup: 'sapi', prosody: { ...DEFAULT_PROSODY, pitch: 5 } });
      expect(higher.boundaries).toEqual((await speak(text, { markup: 'sapi' })).boundaries);
    });

    it.each(['<b>', '&nbsp;', '</speak>'])('refuses by name what is none: %s', async (text) => {
      await expect(speak(text, { markup: 'ssml' })).rejects.toMatchObject({
        code: 'synthesis',
        message: expect.stringContaining('SPERR_XML_BAD_SYNTAX'),
        remedy: expect.stringContaining('Correct the markup'),
      });
    });

    it('tells visemes with their word when they are wanted', async () => {
      const { boundaries } = await speak('One, twelve.', { wantVisemes: true });
      expect(boundaries.filter(({ kind }) => kind === 'viseme')).toEqual([
        { kind: 'viseme', viseme: 3, durationMs: 180, charIndex: 0, charLength: 3, atMs: 0 },
        { kind: 'viseme', viseme: 6, durationMs: 360, charIndex: 5, charLength: 6, atMs: expect.closeTo(180, 0) },
      ]);
    });
  });

  describe('with a voice that misbehaves', () => {
    it.each([
      ['fail', 'SPERR_TTS_ENGINE_EXCEPTION', 0x80045012 | 0],
      ['refuse', 'E_FAIL', 0x80004005 | 0],
      ['break-events', 'told to break its events', expect.any(Number)],
    ])('gives up the text by name, and the number: {{%s}}', async (directive, name, nativeCode) => {
      await expect(speak(`One {{${directive}}} two`)).rejects.toMatchObject({
        code: 'synthesis',
        message: expect.stringContaining(name),
        details: { engine: 'sapi', nativeCode },
      });
    });

    it.each(['fail', 'refuse', 'no-end', 'two-ends'])(
      'speaks the next text as if nothing had been: {{%s}}',
      async (d) => {
        const before = await speak(TEXT);
        await speak(`One {{${d}}} two`).catch(() => {}); // whether that is an error is not the question here
        expect(await speak(TEXT)).toEqual(before);
      },
    );

    it.each(['no-end', 'two-ends'])('answers once, with all of the text: {{%s}}', async (directive) => {
      const { boundaries } = await speak(`{{${directive}}} One two.`);
      expect(boundaries.filter(({ kind }) => kind === 'word')).toHaveLength(2);
    });

    it('ends and says why when its engine thread dies', async () => {
      await expect(speak('One {{abort-thread}} two')).rejects.toMatchObject({ code: expect.any(String) });
      expect(await host.exited).toEqual({ exitCode: 70, signal: null });
      expect(host.stderrTail().join('\n')).toContain("SAPI's engine thread died");
    });
  });
});
