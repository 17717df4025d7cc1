import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AudioTags } from '../../protocol/model/audio-format.ts';
import { speak } from './audio-files.ts';

/** Real speech in files of samples, each of which begins and ends with a pause. */
export interface SpokenPieces {
  readonly dir: string;
  readonly pcm: readonly Buffer[];
  readonly pcmPaths: readonly string[];
  remove(): void;
}

export const SPEECH_RATE_HZ = 22_050;

const TEXTS = [
  'The harbour wakes at six. Nobody is there to see it but a dog and the man who feeds it.',
  'A boat comes in. It has been out all night, and it brings what the sea has left over: a tyre, two boots, a door.',
  'By seven the sun has found the wall, and the man has gone. Whose door was it?',
];

/** Of a file that is one of several. The times are not those of anything. */
export const BOOK_TAGS: AudioTags = {
  title: 'Der Hafen um sechs — Ü',
  author: 'Jane Doe',
  track: { number: 2, of: 3 },
  chapters: [
    { title: 'Dawn', startMs: 0 },
    { title: 'The boat', startMs: 5_000 },
    { title: 'Ende — Ü', startMs: 11_250 },
  ],
};

export function speakPieces(): SpokenPieces {
  const dir = mkdtempSync(join(tmpdir(), 'aside-pieces-'));
  const pcm = TEXTS.map((text) => speak(text));
  const pcmPaths = pcm.map((piece, index) => {
    const path = join(dir, `${index}.pcm`);
    writeFileSync(path, piece);
    return path;
  });
  return { dir, pcm, pcmPaths, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
