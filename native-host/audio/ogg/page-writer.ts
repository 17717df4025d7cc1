import { buildPage, MAX_SEGMENT_BYTES, MAX_SEGMENTS, PageFlag } from './page.ts';

/** A page that has so much is full, as with other encoders: seeking and a damaged page cost no more than that. */
const FULL_BYTES = 4_096;

/** Puts packets into the pages of one stream. */
export class PageWriter {
  readonly #serial: number;
  readonly #emit: (page: Uint8Array) => void;
  /** The number of the next page. */
  sequence: number;
  #lacing: number[] = [];
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #granule: number | null = null;
  /** Whether the page that is being filled begins inside a packet. */
  #isContinued = false;

  constructor(serial: number, sequence: number, emit: (page: Uint8Array) => void) {
    this.#serial = serial;
    this.sequence = sequence;
    this.#emit = emit;
  }

  /** @param granule samples up to its end. The packet is kept until its page is full. */
  packet(packet: Uint8Array, granule: number): void {
    for (let at = 0; at <= packet.length; at += MAX_SEGMENT_BYTES) {
      if (this.#lacing.length === MAX_SEGMENTS) this.#write(0, at > 0);
      const segment = packet.subarray(at, at + MAX_SEGMENT_BYTES);
      this.#lacing.push(segment.length);
      this.#parts.push(segment);
      this.#bytes += segment.length;
    }
    this.#granule = granule;
    if (this.#bytes >= FULL_BYTES) this.#write(0, false);
  }

  /** Ends the page, if it has anything: the next packet begins another. */
  flush(): void {
    if (this.#lacing.length > 0) this.#write(0, false);
  }

  /** Ends the stream with a page that has nothing but that message, as RFC 3533 allows. */
  end(granule: number): void {
    this.flush();
    this.#granule = granule;
    this.#write(PageFlag.last, false);
  }

  #write(flags: number, isInPacket: boolean): void {
    this.#emit(
      buildPage({
        flags: flags | (this.#isContinued ? PageFlag.continued : 0) | (this.sequence === 0 ? PageFlag.first : 0),
        granule: this.#granule,
        serial: this.#serial,
        sequence: this.sequence,
        lacing: Uint8Array.from(this.#lacing),
        body: Buffer.concat(this.#parts),
      }),
    );
    this.sequence += 1;
    this.#lacing = [];
    this.#parts = [];
    this.#bytes = 0;
    this.#granule = null;
    this.#isContinued = isInPacket;
  }
}
