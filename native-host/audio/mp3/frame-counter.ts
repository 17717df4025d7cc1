import { AsideError } from '../../../protocol/errors.ts';
import { FRAME_HEADER_BYTES, parseFrameHeader } from './frame-header.ts';

/** Counts the frames of a stream that comes in blocks, from its first byte on. Throws `file` where there is none. */
export class FrameCounter {
  readonly #path: string;
  readonly #sampleRateHz: number;
  readonly #header = new Uint8Array(FRAME_HEADER_BYTES);
  #headerBytes = 0;
  /** What is left of the frame that we are in. */
  #leftBytes = 0;
  frames = 0;
  samples = 0;

  /** @param path of the file that the stream is in, or is to be */
  constructor(path: string, sampleRateHz: number) {
    this.#path = path;
    this.#sampleRateHz = sampleRateHz;
  }

  push(block: Uint8Array): void {
    for (let at = 0; at < block.length; ) {
      if (this.#leftBytes > 0) {
        const step = Math.min(this.#leftBytes, block.length - at);
        this.#leftBytes -= step;
        at += step;
      } else {
        this.#header[this.#headerBytes++] = block[at++] as number;
        if (this.#headerBytes === FRAME_HEADER_BYTES) this.#begin();
      }
    }
  }

  /** Throws `file` when the last frame is not whole. */
  end(): void {
    if (this.#leftBytes > 0 || this.#headerBytes > 0) throw this.#damaged('its last frame is not whole');
  }

  #begin(): void {
    const frame = parseFrameHeader(this.#header);
    if (!frame) throw this.#damaged(`frame ${this.frames} is none`);
    if (frame.sampleRateHz !== this.#sampleRateHz)
      throw this.#damaged(`frame ${this.frames} has another sampling rate`);
    this.frames += 1;
    this.samples += frame.samples;
    this.#leftBytes = frame.bytes - FRAME_HEADER_BYTES;
    this.#headerBytes = 0;
  }

  #damaged(why: string): AsideError<'file'> {
    return new AsideError('file', `${this.#path} is no whole MP3 stream: ${why}`, {
      details: { path: this.#path, reason: 'damaged' },
      remedy: 'Something else changed it meanwhile: encode it again.',
    });
  }
}
