import type { Markup } from '../../../protocol/model/markup.ts';

/** The assembly's functions, as JavaScript sees them. None blocks: each only posts to the engine thread. */
export interface SapiBridge {
  /** All voices that are installed, usable or not. */
  voices(): Promise<RawVoice[]>;
  /**
   * Resolves when SAPI has taken the utterance; what it makes of it comes in batches, `end` last. Rejects with a
   * `SapiFailure`; nothing comes then.
   */
  speak(utterance: RawUtterance): Promise<void>;
  /** Drops what has not been told yet; `end` follows. Does nothing when that utterance is over. */
  stop(utteranceId: number): Promise<void>;
  /** Moves by sentences. Resolves with how many it was. */
  skip(sentences: number): Promise<number>;
  stats(): Promise<BridgeStats>;
  /** Stops, and ends both threads. Also if it is called again. */
  close(): Promise<void>;
}

export interface BridgeStats {
  readonly managedBytes: number;
  readonly isSpeaking: boolean;
  /** What `onBatch` threw the last time that it did; null when it never has. */
  readonly lastFailure: string | null;
}

/** A token's values as the registry has them; see assembly/VoiceCatalogue.cs. */
export interface RawVoice {
  /** The token's id, a registry path. */
  readonly id: string;
  readonly name: string;
  readonly source: 'sapi' | 'onecore' | '32-bit';
  /** BCP-47. */
  readonly language?: string | null;
  readonly gender?: string | null;
  readonly age?: string | null;
  readonly vendor?: string | null;
}

export interface RawUtterance {
  /** Positive, and another for each. */
  readonly id: number;
  readonly text: string;
  readonly markup: Markup | 'none';
  readonly voiceId: string;
  /** -10 to 10, whole. */
  readonly rate: number;
  /** 0 to 100, whole. */
  readonly volume: number;
}

/**
 * Takes each batch of records (`records.ts`). The assembly sends the next one when it has resolved, so a listener who
 * wants no more for now lets it wait. Must not reject: the rest of the batch would be lost.
 */
export type OnBatch = (batch: Uint8Array) => Promise<void>;

export interface BridgeOptions {
  readonly voices: 'windows' | 'scripted';
  /** How samples come: through a device of ours, or through a stream. */
  readonly route: 'audio' | 'stream';
  readonly onBatch: OnBatch;
}

/** What SAPI, or the CLR around it, refused. */
export class SapiFailure extends Error {
  override readonly name = 'SapiFailure';
  /** The name of the HRESULT, e.g. `SPERR_NOT_FOUND`. */
  readonly code: string;
  readonly hresult: number;

  constructor(code: string, hresult: number, message: string) {
    super(message);
    this.code = code;
    this.hresult = hresult;
  }
}

/** The CLR started, and could make nothing of the assembly. The message is the CLR's. */
export class AssemblyFailure extends Error {
  override readonly name = 'AssemblyFailure';
}
