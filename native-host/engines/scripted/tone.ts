/** The scripted engine's sound: a soft sine that fades in and out. The same arguments give the same samples. */
export const SAMPLE_RATE_HZ = 22_050;

const FADE_SAMPLES = 110;
const LOUDEST = 8_000; // of 32767

export interface Tone {
  /** `length` samples from the tone's beginning, faded at both ends. Valid until the next call. */
  samples(length: number): Int16Array;
}

/** `volume` is percent, `frequencyHz` is rounded so that one second is a whole number of waves. */
export function createTone(frequencyHz: number, volume: number): Tone {
  const turnsPerSecond = Math.max(1, Math.round(frequencyHz));
  const second = Int16Array.from({ length: SAMPLE_RATE_HZ }, (_, i) =>
    Math.round(Math.sin((2 * Math.PI * turnsPerSecond * i) / SAMPLE_RATE_HZ) * LOUDEST * (volume / 100)),
  );
  let buffer = new Int16Array(SAMPLE_RATE_HZ);
  return {
    samples(length) {
      if (buffer.length < length) buffer = new Int16Array(length);
      for (let start = 0; start < length; start += second.length) {
        buffer.set(second.subarray(0, Math.min(second.length, length - start)), start);
      }
      const word = buffer.subarray(0, length);
      fade(word);
      return word;
    },
  };
}

function fade(word: Int16Array): void {
  const length = Math.min(FADE_SAMPLES, word.length >> 1);
  for (let i = 0; i < length; i++) {
    const gain = i / length;
    const last = word.length - 1 - i;
    word[i] = Math.round((word[i] ?? 0) * gain);
    word[last] = Math.round((word[last] ?? 0) * gain);
  }
}
