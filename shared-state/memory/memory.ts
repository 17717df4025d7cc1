/** Memory that several processes see. */
export interface Mapping {
  /** What is in it stays mapped for as long as this, or a view of it, is held. */
  readonly buffer: ArrayBuffer;
  readonly address: string;
  /** Ends what `address` leads to, in the process that created it. Idempotent. */
  close(): void;
}

/** One way to share memory. Both throw what the system says. Neither blocks. */
export interface Memory {
  /** New memory, filled with zeros. */
  create(bytes: number): Mapping;
  /** That of another process, by its address; throws when it is gone or smaller than `bytes`. */
  open(address: string, bytes: number): Mapping;
}

/** Loaded only where memory is shared, so a type here. */
export type Koffi = typeof import('koffi')['default'];
