/** The samples in `pcm` (16-bit little-endian) as an array of its own, which can be handed to the audio thread. */
export function toSamples(pcm: Uint8Array): Int16Array<ArrayBuffer> {
  // A copy: the bytes may start at an odd offset of a larger message, where no Int16Array can look at them.
  return new Int16Array(Uint8Array.from(pcm).buffer);
}
