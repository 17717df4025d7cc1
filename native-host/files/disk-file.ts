import { closeSync, fstatSync, fsync, ftruncateSync, openSync, readSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { AsideError } from '../../protocol/errors.ts';
import { toFileError } from './file-error.ts';

const fsyncLater = promisify(fsync);
const writeLater = promisify(write);

/** How files are opened: an old one to read, an old one to write in, a new one in place of what may be there. */
const FLAGS = { read: 'r', change: 'r+', make: 'w+' } as const;

/** A file that knows its name when something goes wrong. Blocks the thread, but for `sync` and `writeAtLater`. Every method throws `file`. */
export class DiskFile {
  readonly path: string;
  readonly #fd: number;
  readonly #doing: 'read' | 'write';

  static open(path: string, how: keyof typeof FLAGS): DiskFile {
    const doing = how === 'read' ? 'read' : 'write';
    try {
      return new DiskFile(path, openSync(path, FLAGS[how]), doing);
    } catch (error) {
      throw toFileError(path, error, doing);
    }
  }

  private constructor(path: string, fd: number, doing: 'read' | 'write') {
    this.path = path;
    this.#fd = fd;
    this.#doing = doing;
  }

  get bytes(): number {
    return this.#try(() => fstatSync(this.#fd).size);
  }

  /** Fills `block` from `offsetBytes` on, as far as the file goes. Returns how many bytes that were. */
  readAt(offsetBytes: number, block: Uint8Array): number {
    return this.#try(() => {
      let done = 0;
      while (done < block.length) {
        const read = readSync(this.#fd, block, done, block.length - done, offsetBytes + done);
        if (read === 0) break;
        done += read;
      }
      return done;
    });
  }

  writeAt(offsetBytes: number, bytes: Uint8Array): void {
    this.#try(() => {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#fd, bytes, done, bytes.length - done, offsetBytes + done);
      }
    });
  }

  async writeAtLater(offsetBytes: number, bytes: Uint8Array): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        done += (await writeLater(this.#fd, bytes, done, bytes.length - done, offsetBytes + done)).bytesWritten;
      }
    } catch (error) {
      throw toFileError(this.path, error, this.#doing);
    }
  }

  /** Cuts it. A file that is shorter already is not what the caller takes it for: reason `too-short`. */
  cutTo(bytes: number): void {
    const there = this.bytes;
    if (there < bytes) throw tooShort(this.path, there, bytes);
    this.#try(() => ftruncateSync(this.#fd, bytes));
  }

  /** Brings it to the disk. */
  async sync(): Promise<void> {
    try {
      await fsyncLater(this.#fd);
    } catch (error) {
      throw toFileError(this.path, error, this.#doing);
    }
  }

  /** Some file systems report a failed write only here. */
  close(): void {
    this.#try(() => closeSync(this.#fd));
  }

  #try<T>(what: () => T): T {
    try {
      return what();
    } catch (error) {
      throw toFileError(this.path, error, this.#doing);
    }
  }
}

function tooShort(path: string, there: number, wanted: number): AsideError<'file'> {
  return new AsideError('file', `${path} has ${there} bytes, and had ${wanted} when it was left`, {
    details: { path, reason: 'too-short' },
    remedy: 'Something else changed it meanwhile: make it again from its beginning.',
  });
}
