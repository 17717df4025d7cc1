import { expect, test } from 'vitest';
import type { ExportItem, ExportItemCall } from '../../../../main/exports/item-maker.ts';
import { createPageExports } from '../../../../main/exports/page-exports.ts';
import type { AudioFormat } from '../../../../protocol/model/audio-format.ts';
import type { ExportStanding } from '../../../../protocol/model/export.ts';
import { EMPTY_EXPORT_QUEUE } from '../../../../protocol/model/export-queue.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';

const MP3: AudioFormat = { kind: 'mp3', bitrateKbps: 128, quality: null };
const params = { text: 'Words.', voiceId: 'espeak:en', prosody: DEFAULT_PROSODY, title: 'book' };
const PROGRESS = { charsDone: 3, charsTotal: 6, audioMs: 9, timesRealTime: 1, remainingMs: 9 };

/** One export where MP3 and SRT are chosen, and the shell's dialog answers `path`. */
async function exportTo(path: string | null, during: (call: ExportItemCall) => void = () => {}) {
  const offered: string[] = [];
  const made: ExportItem[] = [];
  const told: ExportStanding[] = [];
  const { 'export.start': start } = createPageExports({
    queue: {
      state: () => ({
        ...EMPTY_EXPORT_QUEUE,
        choices: { format: MP3, split: { by: 'chapter' }, timedText: 'srt' },
      }),
    },
    maker: {
      make: async (item, call) => {
        made.push(item);
        during(call);
        return { durationMs: 9, bytes: 44, paths: [item.path, '/a/book.srt'] };
      },
    },
    places: {
      chooseExportTarget: async (name) => {
        offered.push(name);
        return path === null ? null : { path, downloadPathOf: (file) => `/get${file}`, release: () => {} };
      },
      reveal: () => Promise.resolve(),
    },
  });
  const signal = new AbortController().signal;
  const result = await start(params, {
    id: 1,
    signal,
    progress: (standing) => told.push(standing),
    starved: () => {},
    onCredit: () => {},
  });
  return { result, offered, made, told };
}

test('makes what was chosen, and tells of all files', async () => {
  const { result, offered, made } = await exportTo('/a/book.mp3');
  expect(offered).toEqual(['book.mp3']);
  const { title, text, voiceId, prosody } = params;
  const choices = { format: MP3, split: { by: 'chapter' }, timedText: 'srt' };
  expect(made).toEqual([
    { text, title, path: '/a/book.mp3', mayReplace: 'named', manner: { voiceId, prosody }, choices },
  ]);
  expect(result).toEqual({
    kind: 'saved',
    durationMs: 9,
    bytes: 44,
    outputs: [
      { name: 'book.mp3', path: '/a/book.mp3', downloadPath: '/get/a/book.mp3' },
      { name: 'book.srt', path: '/a/book.srt', downloadPath: '/get/a/book.srt' },
    ],
  });
});

test('makes nothing where nobody says where to', async () => {
  const { result, made } = await exportTo(null);
  expect([result, made]).toEqual([{ kind: 'declined' }, []]);
});

test.each([
  ['/a/book.mp3', MP3],
  ['/a/book', MP3],
  ['/a/v1.2 notes', MP3],
  ['/a/book.OGG', { kind: 'ogg', quality: 3 }],
  ['/a/book.wav', { kind: 'wav' }],
])('%s becomes what its name says, and else what was chosen', async (path, format) => {
  expect((await exportTo(path)).made[0]?.choices.format).toEqual(format);
});

test.each(['/a/book.flac', '/a/book.srt', '/a/book.VTT', '/a/book.lrc', '/a/book.json'])(
  'refuses %s, a name of what is no audio that it makes, before it makes anything',
  async (path) => {
    await expect(exportTo(path)).rejects.toMatchObject({
      code: 'refused',
      details: { reason: 'other-format' },
      remedy: 'Choose a name that ends in .wav, .mp3 or .ogg.',
    });
  },
);

test('tells of little room at once, beside how far it is, and when there is enough again', async () => {
  const littleRoom = { neededBytes: 2_000, othersBytes: 500, freeBytes: 1_000 };
  const { told } = await exportTo('/a/book.mp3', ({ onProgress, onNotice }) => {
    onNotice({ kind: 'little-room', ...littleRoom });
    onProgress(PROGRESS);
    onNotice({ kind: 'disk-full', path: '/a/book.mp3' });
    onNotice({ kind: 'enough-room' });
  });
  expect(told).toEqual([
    { progress: null, littleRoom },
    { progress: PROGRESS, littleRoom },
    { progress: PROGRESS, littleRoom: null },
  ]);
});
