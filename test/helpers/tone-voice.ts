import type { Boundary } from '../../protocol/model/boundary.ts';
import type { FakeAnswer } from './fake-pool.ts';

const TONE_RATE_HZ = 22_050;
/** At rate 1. */
export const TONE_MS_PER_CHAR = 60;

const CHUNK_FRAMES = 4_410;

/** Bytes of the tone that says `chars` characters at `rate`. */
function framesFor(chars: number, rate: number): number {
  return Math.round((chars * TONE_MS_PER_CHAR * TONE_RATE_HZ) / 1000 / rate);
}

function boundariesOf(text: string, rate: number): Boundary[] {
  const words = [...text.matchAll(/[\p{L}\p{N}’'-]+/gu)].map(({ index, 0: word }) => ({
    kind: 'word' as const,
    charIndex: index,
    charLength: word.length,
    atMs: (index * TONE_MS_PER_CHAR) / rate,
  }));
  return words.flatMap((word) => {
    const startsSentence = word.charIndex === 0 || /[.!?]\s+$/u.test(text.slice(0, word.charIndex));
    return startsSentence ? [{ ...word, kind: 'sentence' as const }, word] : [word];
  });
}

/**
 * Answers `utterance.speak` with a tone that takes the same time for every character, and says where the words are.
 * Keeps to its credit like a host.
 */
export const speakTone: FakeAnswer = async ({ params, signal, progress, nextCredit }) => {
  const { text, prosody, initialCreditBytes } = params as {
    text: string;
    prosody: { rate: number };
    initialCreditBytes: number;
  };
  const total = framesFor(text.length, prosody.rate);
  let creditBytes = initialCreditBytes;
  progress({ kind: 'boundaries', boundaries: boundariesOf(text, prosody.rate) });
  for (let start = 0; start < total && !signal?.aborted; start += CHUNK_FRAMES) {
    while (creditBytes <= 0) creditBytes += await nextCredit();
    const samples = Int16Array.from({ length: Math.min(CHUNK_FRAMES, total - start) }, (_, i) =>
      Math.round(8_000 * Math.sin(((start + i) * 2 * Math.PI * 220) / TONE_RATE_HZ)),
    );
    creditBytes -= samples.byteLength;
    progress({ kind: 'audio', sampleRateHz: TONE_RATE_HZ, pcm: new Uint8Array(samples.buffer) });
  }
  return { sampleRateHz: TONE_RATE_HZ, audioBytes: total * 2 };
};
