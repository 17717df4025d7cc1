import { describe, expect, it } from 'vitest';
import { MAX_WAV_AUDIO_BYTES, WAV_HEADER_BYTES, wavHeader } from '../../../../main/exports/wav-header.ts';

describe('wavHeader', () => {
  it('describes one channel of 16-bit PCM, as the format demands byte by byte', () => {
    const header = Buffer.from(wavHeader(1_000, 22_050));
    expect(header.byteLength).toBe(WAV_HEADER_BYTES);
    expect(header.toString('hex')).toBe(
      Buffer.concat([
        Buffer.from('RIFF'),
        Buffer.from('0c040000', 'hex'), // 36 + 1000
        Buffer.from('WAVEfmt '),
        Buffer.from('10000000' + '0100' + '0100' + '22560000' + '44ac0000' + '0200' + '1000', 'hex'),
        Buffer.from('data'),
        Buffer.from('e8030000', 'hex'),
      ]).toString('hex'),
    );
  });

  it('still counts right at the largest size', () => {
    const header = Buffer.from(wavHeader(MAX_WAV_AUDIO_BYTES, 22_050));
    expect(header.readUInt32LE(4)).toBe(0xffff_ffff);
    expect(() => wavHeader(MAX_WAV_AUDIO_BYTES + 1, 22_050)).toThrow(RangeError);
  });
});
