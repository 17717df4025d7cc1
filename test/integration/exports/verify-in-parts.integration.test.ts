import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import type { ExportRecipe, JoinedPiece } from '../../../main/exports/journal.ts';
import { OutputFiles } from '../../../main/exports/output-files.ts';
import { VERIFY_BYTES } from '../../../main/exports/parts-to-verify.ts';
import { WorkFolder } from '../../../main/exports/work-folder.ts';
import { NO_TAGS, openAudioHosts } from '../../helpers/audio-files.ts';

const HEAD_BYTES = 44;
const PIECE_BYTES = VERIFY_BYTES / 4;
/** Three parts and a half. */
const PIECES = 14;

const audio = openAudioHosts(2);
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-verify-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
afterAll(() => audio.terminate());

/** A file of so many equal pieces, and the tools that look through it. */
async function madeOfPieces() {
  const folder = await WorkFolder.claim(join(dir, 'book.wav'));
  const files = new OutputFiles({
    audio,
    folder,
    recipe: { format: { kind: 'wav' } } as ExportRecipe,
    mayBeHuge: false,
    signal: new AbortController().signal,
    whenRoom: (attempt) => attempt(),
    tagsOf: () => NO_TAGS,
  });
  const state = await files.begin(0, 22_050, []);
  expect(state.bytes).toBe(HEAD_BYTES);
  const piece = Buffer.alloc(PIECE_BYTES, 7);
  const file = await open(files.pathOf(0), 'r+');
  const joined: JoinedPiece[] = [];
  for (let at = 0; at < PIECES; at += 1) {
    await file.write(piece, 0, piece.length, HEAD_BYTES + at * PIECE_BYTES);
    const bytes = HEAD_BYTES + (at + 1) * PIECE_BYTES;
    joined.push({
      piece: at,
      endIndex: at + 1,
      file: 0,
      state: { ...state, bytes, samples: (bytes - HEAD_BYTES) / 2 },
      added: [{ bytes: PIECE_BYTES, crc32: crc32(piece) }],
      addedSamples: PIECE_BYTES / 2,
      sampleRateHz: 22_050,
      words: 1,
      segments: 1,
      pausesBefore: 0,
      boundaryBytes: 0,
      chapter: null,
      skipped: [],
    });
  }
  return { files, joined, file };
}

it('finds a long file whole, and counts the pieces before the first that is not', async () => {
  const { files, joined, file } = await madeOfPieces();
  expect(await files.intact(joined)).toBe(PIECES);
  for (const broken of [13, 9, 4, 3, 0]) {
    await file.write(Buffer.of(8), 0, 1, HEAD_BYTES + broken * PIECE_BYTES + 5);
    expect(await files.intact(joined)).toBe(broken);
  }
  await file.close();
});

it('counts the pieces before the end of a file that was cut', async () => {
  const { files, joined, file } = await madeOfPieces();
  await file.truncate(HEAD_BYTES + 6 * PIECE_BYTES + 1);
  await file.close();
  expect(await files.intact(joined)).toBe(6);
});
