import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineReader, createLineTail, MAX_LINE_CHARS, MAX_TAIL_LINES } from '../../../../main/hosts/line-tail.ts';

function linesOf(...chunks: (string | Uint8Array)[]): string[] {
  const lines: string[] = [];
  const reader = createLineReader((line) => lines.push(line));
  for (const chunk of chunks) reader.write(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  reader.end();
  return lines;
}

describe('a line reader', () => {
  it('cuts at LF, CR LF and CR', () => {
    expect(linesOf('one\ntwo\r\nthree\rfour')).toEqual(['one', 'two', 'three', 'four']);
  });

  it('drops blank lines and blanks at the end of lines', () => {
    expect(linesOf('\n\none  \n   \ntwo\n\n')).toEqual(['one', 'two']);
  });

  it('joins a line that comes in pieces', () => {
    expect(linesOf('a', 'b', 'c\nd')).toEqual(['abc', 'd']);
  });

  it('joins a character that comes in pieces', () => {
    const [first, ...rest] = Buffer.from('é\n');
    expect(linesOf(new Uint8Array([first as number]), new Uint8Array(rest))).toEqual(['é']);
  });

  it('shows what is not UTF-8 as replacement characters', () => {
    expect(linesOf(new Uint8Array([0x61, 0xff, 0x62, 0x0a]))).toEqual(['a\ufffdb']);
  });

  it('shows a character that breaks off at the end as a replacement character', () => {
    expect(linesOf(new Uint8Array([0x61, 0xc3]))).toEqual(['a\ufffd']);
  });

  it('takes terminal colours out', () => {
    expect(linesOf('\u001b[31mred\u001b[0m\n')).toEqual(['red']);
  });

  it('clips a line that is too long and goes on with the next', () => {
    expect(linesOf(`${'x'.repeat(MAX_LINE_CHARS + 1)}\nnext`)).toEqual([`${'x'.repeat(MAX_LINE_CHARS)}…`, 'next']);
  });

  it('does not clip a line that just fits', () => {
    expect(linesOf('x'.repeat(MAX_LINE_CHARS))).toEqual(['x'.repeat(MAX_LINE_CHARS)]);
  });

  it('ends an endless line at the end of the stream', () => {
    const chunks = Array.from({ length: 100 }, () => 'y'.repeat(1_000));
    expect(linesOf(...chunks)).toEqual([`${'y'.repeat(MAX_LINE_CHARS)}…`]);
  });

  it('gives the same lines however the bytes are cut into chunks', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', '\r', ' '), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(200), { maxLength: 8 }), (value, cuts) => {
        const bytes = Buffer.from(value);
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(linesOf(...chunks)).toEqual(linesOf(bytes));
      }),
    );
  });
});

describe('a line tail', () => {
  it('keeps the last lines, oldest first', () => {
    const tail = createLineTail();
    for (let n = 0; n < MAX_TAIL_LINES + 5; n += 1) tail.push(`${n}`);
    expect(tail.lines()).toEqual(Array.from({ length: MAX_TAIL_LINES }, (_, index) => `${index + 5}`));
  });

  it('hands out a list that nobody can spoil', () => {
    const tail = createLineTail();
    tail.push('kept');
    tail.lines().pop();
    expect(tail.lines()).toEqual(['kept']);
  });
});
