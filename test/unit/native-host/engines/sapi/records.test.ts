import { describe, expect, it } from 'vitest';
import { decodeBatch } from '../../../../../native-host/engines/sapi/records.ts';
import { encodeBatch, pcm, utf16 } from '../../../../helpers/sapi-records.ts';

describe('a batch of records', () => {
  it('is read in order, whatever the sizes', () => {
    const batch = encodeBatch([
      { kind: 0, utterance: 0 },
      { kind: 3, utterance: 7, a: 4, b: 12, atMs: 0.5 },
      { kind: 2, utterance: 7, a: 4, b: 5, atMs: 0.5 },
      { kind: 5, utterance: 7, a: 21, b: 60, atMs: 1.25 },
      { kind: 1, utterance: 7, a: 16_000, payload: pcm(new Int16Array([1, -2, 32_767])) },
      { kind: 4, utterance: 7, payload: utf16('page 😀'), atMs: 1e9 },
      { kind: 6, utterance: 7, a: -2_147_200_958, payload: utf16('SPERR_XML_BAD_SYNTAX\nbad\nmarkup') },
      { kind: 7, utterance: 7, a: 1 },
      { kind: 8, utterance: 7, a: -1, payload: utf16('E_FAIL\ngone') },
    ]);
    expect([...decodeBatch(batch)]).toEqual([
      { kind: 'ready', utterance: 0, atMs: 0 },
      { kind: 'sentence', utterance: 7, start: 4, length: 12, atMs: 0.5 },
      { kind: 'word', utterance: 7, start: 4, length: 5, atMs: 0.5 },
      { kind: 'viseme', utterance: 7, viseme: 21, durationMs: 60, atMs: 1.25 },
      { kind: 'audio', utterance: 7, sampleRateHz: 16_000, samples: new Int16Array([1, -2, 32_767]), atMs: 0 },
      { kind: 'bookmark', utterance: 7, name: 'page 😀', atMs: 1e9 },
      {
        kind: 'error',
        utterance: 7,
        hresult: -2_147_200_958,
        code: 'SPERR_XML_BAD_SYNTAX',
        message: 'bad\nmarkup',
        atMs: 0,
      },
      { kind: 'end', utterance: 7, wasStopped: true, atMs: 0 },
      { kind: 'fatal', utterance: 7, hresult: -1, code: 'E_FAIL', message: 'gone', atMs: 0 },
    ]);
  });

  it('is read from any place in memory', () => {
    const batch = encodeBatch([{ kind: 1, payload: pcm(new Int16Array([5, 6])) }]);
    const odd = new Uint8Array(batch.length + 1).subarray(1);
    odd.set(batch);
    expect([...decodeBatch(odd)]).toMatchObject([{ samples: new Int16Array([5, 6]) }]);
  });

  it('names what it does not know, after what it does', () => {
    const records = decodeBatch(encodeBatch([{ kind: 7 }, { kind: 99 }]));
    expect(records.next().value).toMatchObject({ kind: 'end' });
    expect(() => records.next()).toThrow('unknown kind 99');
  });
});
