/** One record as the assembly writes it (native-host/engines/sapi/assembly/Records.cs). */
export interface RawRecord {
  readonly kind: number;
  readonly utterance?: number;
  readonly a?: number;
  readonly b?: number;
  readonly atMs?: number;
  readonly payload?: Uint8Array;
}

export const utf16 = (text: string): Uint8Array => Buffer.from(text, 'utf16le');

export const pcm = (samples: Int16Array): Uint8Array => new Uint8Array(samples.slice().buffer);

/** A batch of them. */
export function encodeBatch(records: readonly RawRecord[]): Uint8Array {
  return Buffer.concat(
    records.map(({ kind, utterance = 1, a = 0, b = 0, atMs = 0, payload = new Uint8Array(0) }) => {
      const bytes = Buffer.alloc(32 + Math.ceil(payload.length / 8) * 8);
      bytes.writeInt32LE(kind, 0);
      bytes.writeInt32LE(utterance, 4);
      bytes.writeInt32LE(a, 8);
      bytes.writeInt32LE(b, 12);
      bytes.writeDoubleLE(atMs, 16);
      bytes.writeInt32LE(payload.length, 24);
      bytes.set(payload, 32);
      return bytes;
    }),
  );
}
