import { BYTES_PER_SAMPLE } from '../../protocol/model/pcm.ts';

export const WAV_HEADER_BYTES = 44;

/** RIFF counts in 32 bits, and its count includes all of the header but its first 8 bytes. */
export const MAX_WAV_AUDIO_BYTES = 0xffff_ffff - (WAV_HEADER_BYTES - 8);

/**
 * The header of a WAV file with one channel of 16-bit PCM samples; the samples follow it. `audioBytes` is at most
 * `MAX_WAV_AUDIO_BYTES`. Layout: the 16-byte `fmt ` chunk of "Multimedia Programming Interface and Data Specifications
 * 1.0" (IBM and Microsoft, 1991). By hand, since kept libraries want all samples in memory.
 */
export function wavHeader(audioBytes: number, sampleRateHz: number): Uint8Array {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + audioBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // channels
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * BYTES_PER_SAMPLE, 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  header.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(audioBytes, 40);
  return header;
}
