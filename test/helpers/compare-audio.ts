/** How far from a seam a click would be heard. */
const SEAM_SAMPLES = 1_500;

/** What a file of pieces is to sound like, each of which begins at its own sample. */
export function joined(pieces: readonly Buffer[], starts: readonly number[]): Int16Array {
  const ends = pieces.map((piece, index) => (starts[index] ?? 0) + piece.length / 2);
  const whole = new Int16Array(Math.max(...ends));
  for (const [index, piece] of pieces.entries()) {
    whole.set(new Int16Array(piece.buffer.slice(piece.byteOffset, piece.byteOffset + piece.length)), starts[index]);
  }
  return whole;
}

/** Correlation without shift: 1 for what is the same, also when one is louder. */
export function likeness(a: Int16Array, b: Int16Array): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x = 0, y = 0] = [a[i], b[i]];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

/** The largest jump of the coder's error around the starts of all pieces but the first, in largest jumps of all the rest. */
export function worstSeam(heard: Int16Array, pieces: readonly Buffer[], starts: readonly number[]): number {
  const wanted = joined(pieces, starts);
  const isNearSeam = (at: number): boolean => starts.slice(1).some((start) => Math.abs(at - start) < SEAM_SAMPLES);
  const error = (at: number): number => (heard[at] ?? 0) - (wanted[at] ?? 0);
  let [near, far] = [0, 0];
  for (let at = 1; at < Math.min(heard.length, wanted.length); at++) {
    const jump = Math.abs(error(at) - error(at - 1));
    if (isNearSeam(at)) near = Math.max(near, jump);
    else far = Math.max(far, jump);
  }
  return near / far;
}
