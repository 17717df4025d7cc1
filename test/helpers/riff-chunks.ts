export interface RiffChunk {
  readonly id: string;
  /** As it stands in the chunk. */
  readonly bytes: number;
  readonly at: number;
  readonly body: Buffer;
}

/** The chunks of a WAV file's head, up to its samples, read with other code than wrote them. */
export function riffChunks(head: Uint8Array): {
  readonly form: string;
  readonly bytes: number;
  readonly chunks: RiffChunk[];
} {
  const riff = Buffer.from(head);
  const chunks: RiffChunk[] = [];
  for (let at = 12; at + 8 <= riff.length; ) {
    const id = riff.toString('latin1', at, at + 4);
    const bytes = riff.readUInt32LE(at + 4);
    chunks.push({ id, bytes, at, body: riff.subarray(at + 8, at + 8 + bytes) });
    if (id === 'data') break;
    at += 8 + bytes + (bytes % 2);
  }
  return { form: riff.toString('latin1', 0, 4) + riff.toString('latin1', 8, 12), bytes: riff.readUInt32LE(4), chunks };
}
