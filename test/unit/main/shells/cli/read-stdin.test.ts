import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readStdin } from '../../../../../main/shells/cli/read-stdin.ts';

const never = new AbortController().signal;

describe('readStdin', () => {
  it('gives all that there is', async () => {
    const bytes = await readStdin({
      stdin: Readable.from([Buffer.from('some '), Buffer.from('words')]),
      interrupted: never,
    });
    expect(Buffer.from(bytes).toString()).toBe('some words');
  });

  it('stops reading what has no end', async () => {
    const megabyte = Buffer.alloc(1024 * 1024);
    const endless = new Readable({
      read() {
        this.push(megabyte);
      },
    });
    await expect(readStdin({ stdin: endless, interrupted: never })).rejects.toMatchObject({
      code: 'file',
      details: { reason: 'too-large' },
    });
    expect(endless.destroyed).toBe(true);
  });

  it('ends at once when it is interrupted', async () => {
    const abort = new AbortController();
    const reading = readStdin({ stdin: new PassThrough(), interrupted: abort.signal });
    abort.abort();
    await expect(reading).rejects.toMatchObject({ code: 'request-cancelled' });
  });
});
