/**
 * What the engine needs of eSpeak NG, as its C interface says it (speak_lib.h, API revision 12). Two builds of the
 * library implement it, the system's (`native-bindings.ts`) and the bundled WebAssembly one (`wasm-bindings.ts`).
 */
export interface EspeakBindings {
  readonly build: 'native' | 'wasm';
  /** In Hz. */
  readonly sampleRateHz: number;
  readonly voices: readonly EspeakVoice[];
  /**
   * Blocks until the text is spoken or `onChunk` says stop. Starts from the library's initial state, so that what was
   * spoken before cannot be heard. Throws `synthesis`, and whatever `onChunk` throws.
   */
  synthesize(utterance: EspeakUtterance, onChunk: OnChunk): void;
  /** Idempotent; nothing is called after it. */
  close(): void;
}

/** An entry of espeak_ListVoices. */
export interface EspeakVoice {
  /** Path of its file below espeak-ng-data/lang or /voices, e.g. `gmw/en-US`. The same in both builds. */
  readonly identifier: string;
  readonly name: string;
  /** The first is the one it is made for. Lower case, e.g. `en-us`. */
  readonly languages: readonly string[];
  /** 0 none, 1 male, 2 female. */
  readonly gender: number;
}

export interface EspeakUtterance {
  /** Well-formed UTF-16 without NUL; see `toSpeakable`. */
  readonly text: string;
  readonly identifier: string;
  readonly parameters: EspeakParameters;
}

/** For espeak_SetParameter. */
export interface EspeakParameters {
  /** Words per minute, 80 to 449. */
  readonly rateWpm: number;
  /** 0 to 99, normally 50. */
  readonly pitch: number;
  /** 0 to 200, normally 100. */
  readonly volume: number;
}

/** Takes the next samples with the events that are in them. The samples are valid during the call. False stops. */
export type OnChunk = (samples: Int16Array, events: readonly EspeakEvent[]) => boolean;

/** An espeak_EVENT of the kinds that the engine wants. */
export interface EspeakEvent {
  readonly kind: 'word' | 'sentence';
  /** `text_position`: counts characters (code points) from 1. Some are 0, some point back. */
  readonly position: number;
  /** In characters, at most 31 and often less than the word has. 0 for sentences and for some words. */
  readonly length: number;
  /** `audio_position`: since the utterance's first sample, in ms. */
  readonly audioMs: number;
}

/** espeak_EVENT starts with six ints: type, unique_identifier, text_position, length, audio_position, sample. */
export const EVENT_INTS = 6;

/** The `type` that ends a list of events. */
export const LIST_TERMINATED = 0;

const wantedKinds: Readonly<Record<number, EspeakEvent['kind'] | undefined>> = { 1: 'word', 2: 'sentence' };

/** Reads a list of events, of `eventInts` each with all that is behind the six. `intAt` counts ints from the list’s begin. */
export function readEvents(intAt: (index: number) => number, eventInts: number): EspeakEvent[] {
  const events: EspeakEvent[] = [];
  for (let at = 0; ; at += eventInts) {
    const type = intAt(at);
    if (type === LIST_TERMINATED) return events;
    const kind = wantedKinds[type];
    if (kind) events.push({ kind, position: intAt(at + 2), length: intAt(at + 3), audioMs: intAt(at + 4) });
  }
}
