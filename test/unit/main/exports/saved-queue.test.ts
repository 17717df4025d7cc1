import { expect, it } from 'vitest';
import { type Leftover, leftoverOfExport } from '../../../../main/exports/leftover.ts';
import { restoredItems } from '../../../../main/exports/saved-queue.ts';
import { AsideError, toWireError } from '../../../../protocol/errors.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';

const KEY = '123e4567-e89b-42d3-a456-426614174000';
const item = { key: KEY, name: 'a.txt', folder: '', sizeBytes: 3, source: { kind: 'kept' }, error: null } as const;
const begun = (path: string): Leftover =>
  leftoverOfExport({
    folder: `${path}.part`,
    text: 'x'.repeat(100),
    percent: 40,
    begunMs: 0,
    job: {
      ...{ path, inputPath: null, voiceId: 'espeak:en', prosody: DEFAULT_PROSODY, format: { kind: 'wav' } },
      ...{ split: { by: 'nothing' }, chapters: [], title: '', author: '', onError: 'stop', queueKey: KEY },
    },
  });

it('says why an item has failed whose work is kept, and goes on from there', () => {
  const error = toWireError(new AsideError('synthesis', 'no', { details: { engine: 'x', nativeCode: null } }));
  const one = begun('/out/a.wav');
  expect(restoredItems([{ ...item, error }], [one], String)).toMatchObject([
    { text: { name: 'a.txt' }, resumes: one, state: { kind: 'failed', error } },
  ]);
});

it('offers each work that was begun of one item', () => {
  const [first, second] = [begun('/out/a.wav'), begun('/elsewhere/a.wav')];
  expect(restoredItems([item], [first, second], String)).toMatchObject([
    { text: { key: KEY, name: 'a.txt' }, resumes: first, state: { kind: 'paused' } },
    { text: { name: 'a.wav', folder: '/elsewhere' }, resumes: second, state: { kind: 'paused' } },
  ]);
});
