import { describe, expect, it } from 'vitest';
import { vendorOf, vorbisComment } from '../../../../../native-host/audio/ogg/vorbis-comment.ts';

const none = { title: '', author: '', track: null, chapters: [] };

function commentsOf(header: Uint8Array): string[] {
  const bytes = Buffer.from(header);
  let at = 11 + bytes.readUInt32LE(7);
  const comments = Array.from({ length: bytes.readUInt32LE(at) });
  at += 4;
  return comments.map(() => {
    const length = bytes.readUInt32LE(at);
    at += 4 + length;
    return bytes.toString('utf8', at - length, at);
  });
}

describe('vorbisComment', () => {
  it('keeps the name of the encoder', () => {
    expect(vendorOf(vorbisComment('Xiph.Org libVorbis', none))).toBe('Xiph.Org libVorbis');
    expect(vendorOf(new Uint8Array(3))).toBe('');
  });

  it('has nothing for what is not told', () => {
    expect(commentsOf(vorbisComment('', none))).toEqual([]);
  });

  it('names title, author, track and chapters', () => {
    const chapters = [
      { title: 'Eins — Ü', startMs: 0 },
      { title: 'Zwei', startMs: 3_723_004.4 },
    ];
    expect(commentsOf(vorbisComment('', { title: 'T', author: 'A', track: { number: 2, of: 9 }, chapters }))).toEqual([
      ...['TITLE=T', 'ARTIST=A', 'TRACKNUMBER=2', 'TRACKTOTAL=9'],
      ...['CHAPTER001=00:00:00.000', 'CHAPTER001NAME=Eins — Ü', 'CHAPTER002=01:02:03.004', 'CHAPTER002NAME=Zwei'],
    ]);
  });

  it('has the same room for each time', () => {
    const at = (startMs: number) => vorbisComment('', { ...none, chapters: [{ title: '', startMs }] }).length;
    expect(at(1e12)).toBe(at(0));
  });
});
