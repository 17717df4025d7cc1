import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { type ByteTaker, readPipe } from '../../../../main/hosts/read-pipe.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A pipe to a process that writes `byteCount` bytes, each one more than the one before, and ends. */
function pipeOf(byteCount: number): Readable {
  const program = `require('fs').writeFileSync(4, Uint8Array.from({ length: ${byteCount} }, (_, n) => n))`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'inherit', 'ignore', 'pipe'] });
  children.push(child);
  return child.stdio[4] as Readable;
}

/** Takes pieces of at most `roomBytes`, and counts how often some came from elsewhere. */
function createTaker(roomBytes: number) {
  const taken: number[] = [];
  let copies = 0;
  let room = new Uint8Array(0);
  const taker: ByteTaker = {
    room: () => {
      room = new Uint8Array(roomBytes);
      return room;
    },
    filled: (byteCount) => taken.push(...room.subarray(0, byteCount)),
    push: (bytes) => {
      copies += 1;
      taken.push(...bytes);
    },
  };
  return { taker, taken, copies: () => copies };
}

function endOf(stream: Readable): Promise<unknown> {
  return new Promise((resolve) => stream.once('end', resolve));
}

const expected = (byteCount: number) => Array.from({ length: byteCount }, (_, n) => n % 256);

/** Where there are lanes. */
describe.skipIf(process.platform === 'win32')('a pipe of a child', () => {
  it.each([7, 100_000])('is read into memory of %d bytes at a time, to its end', async (roomBytes) => {
    const { taker, taken, copies } = createTaker(roomBytes);
    await endOf(readPipe(pipeOf(10_000), taker));
    expect(taken).toEqual(expected(10_000));
    expect(copies()).toBe(0);
  });

  it('is read also where it cannot be taken over', async () => {
    const { taker, taken } = createTaker(7);
    const pipe = new PassThrough();
    const ended = endOf(readPipe(pipe, taker));
    pipe.end(Uint8Array.from(expected(1_000)));
    await ended;
    expect(taken).toEqual(expected(1_000));
  });

  it('is read no further once it is destroyed', async () => {
    const stream = readPipe(pipeOf(10_000_000), createTaker(7).taker);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.destroy();
    await expect(closed).resolves.toBe(false);
  });
});
