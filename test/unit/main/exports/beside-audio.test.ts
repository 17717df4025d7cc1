import { expect, test } from 'vitest';
import { besideAudio } from '../../../../main/exports/beside-audio.ts';

test.each([
  ['/a/book.mp3', '/a/book.srt'],
  ['/a/book', '/a/book.srt'],
  ['/a/book.srt.wav', '/a/book.srt.srt'],
])('the subtitles of %s are %s', (path, subtitles) => {
  expect(besideAudio(path, 'srt')).toBe(subtitles);
});

test.each(['/a/talk.srt', '/a/talk.SRT'])(
  'audio at %s has no subtitles beside it: they would be the same file',
  (path) => {
    expect(() => besideAudio(path, 'srt')).toThrow(expect.objectContaining({ details: { reason: 'other-format' } }));
  },
);
