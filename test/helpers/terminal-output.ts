import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

/** A stream that says whether it is a terminal, and keeps what is written to it. */
export interface KeptOutput extends Writable {
  readonly isTTY: boolean;
  readonly columns: number;
  /** All of it, without what moves the cursor and clears lines. */
  text(): string;
}

export function keptOutput({ isTTY }: { readonly isTTY: boolean }): KeptOutput {
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  return Object.assign(stream, { isTTY, columns: 200, text: () => stripVTControlCharacters(written) });
}
