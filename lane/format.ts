/**
 * Messages on a stream of bytes, both ways between main and the engine thread of a host:
 *
 *     u32 bytes of the head (little-endian) │ head │ parts
 *
 * The head is the message: as JSON where that says it exactly, which is quick, else as V8's structured clone, which
 * begins with a byte that no JSON has. So does a third kind: JSON whose one long array of numbers, or of objects of
 * numbers, follows as a part, as doubles or, where that is exact, as integers of 32 bits (`packed-numbers.ts`). Of typed
 * arrays of `PART_BYTES` and more a clone holds only kind and size; their bytes follow as parts, in their order. So they
 * are written from where they lie and read to where they shall lie, without a copy between.
 */
export const PREFIX_BYTES = 4;

/** V8 calls it the version tag. */
export const CLONE_TAG = 0xff;
/** Before `{ path, rest, keys, count, areWhole }` in JSON. */
export const NUMBERS_TAG = 0xfe;

/** From this size on a copy costs more than the bookkeeping of a part. */
export const PART_BYTES = 16 * 1024;

/** Bounds of one message. A size beyond them is no message, and nothing is allocated for it. */
export const MAX_HEAD_BYTES = 64 * 1024 ** 2;
export const MAX_PARTS_BYTES = 1024 ** 3;

/** Their index is their name in the head. Node's Buffer arrives as a Uint8Array. */
export const typedArrays = [
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;
