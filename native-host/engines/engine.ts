import type { Boundary } from '../../protocol/model/boundary.ts';
import type { Markup } from '../../protocol/model/markup.ts';
import type { Prosody } from '../../protocol/model/prosody.ts';
import type { EngineId, UnusableVoice, Voice } from '../../protocol/model/voice.ts';

export interface Synthesis {
  /** UTF-16; any text, also empty, also with lone surrogates. Nothing in it is markup unless `markup` says so. */
  readonly text: string;
  /** One of the engine's `markups`. */
  readonly markup?: Markup | undefined;
  readonly voiceId: string;
  readonly prosody: Prosody;
  readonly wantVisemes?: boolean | undefined;
}

/**
 * Where an engine that blocks puts what it makes, from the thread that synthesises. Nothing here throws by design, since
 * native callbacks may be below; what is thrown nevertheless, `synthesize` throws.
 */
export interface BlockingSink {
  /**
   * Takes samples (signed 16-bit, one channel) by copy. May block, in `Atomics.wait`, until the listener wants more.
   * Returns false when the synthesis is to stop; the engine then returns as soon as it can. A piece without samples
   * asks just that.
   */
  audio(samples: Int16Array): boolean;
  /** Whether it takes the boundaries of sentences, which take time to find. Default: it does. */
  readonly wantsSentences?: boolean;
  /** Takes a boundary whose `charIndex` is an UTF-16 index into `Synthesis.text`. Comes before the audio it is in. */
  boundary(boundary: Boundary): void;
}

/** The same with what an engine needs that must not block the thread it is called on. */
export interface SynthesisSink extends BlockingSink {
  /** Says at which rate the audio of this synthesis is, where that is the voice's own affair. Comes before all audio. */
  sampleRate(hz: number): void;
  /** `audio` without blocking. The engine waits for the answer before it hands over the next piece. */
  audioLater(samples: Int16Array): Promise<boolean>;
  /**
   * Calls back once, as soon as the synthesis is to stop, at once if it already is. Useless on an engine thread, where
   * nothing calls back while the engine blocks.
   */
  onStop(listener: () => void): void;
}

/**
 * One synthesiser, loaded into this process. Either it lives on the engine thread, where it may block, or on the control
 * thread, where only threads of its own may (`load-on-control-thread.ts` says which does). One engine per
 * process: native engines keep global state.
 */
export interface Engine {
  readonly id: EngineId;
  /** Rate of the audio that this engine makes, in Hz, unless it tells the sink another. */
  readonly sampleRateHz: number;
  /** What it reads besides plain text. */
  readonly markups?: readonly Markup[];
  /** Blocks for at most some milliseconds. */
  listVoices(): Voice[];
  /** Installed voices that it cannot speak with. */
  listUnusable?(): UnusableVoice[];
  /**
   * Synthesises to the end of the text or until the sink says stop. Engines with a blocking native call block in it.
   * Throws `voice-not-found`, `synthesis`.
   */
  synthesize(synthesis: Synthesis, sink: SynthesisSink): void | Promise<void>;
  /** Frees native resources. Idempotent; nothing is called after it. */
  close(): void | Promise<void>;
}

/** Loads an engine. Throws `engine-unavailable` with a remedy where it cannot run. */
export type LoadEngine = () => Promise<Engine>;
