/** What the assembly tells, in order; assembly/Records.cs has the same numbers and describes the bytes. */
const RecordKind = {
  ready: 0,
  audio: 1,
  word: 2,
  sentence: 3,
  bookmark: 4,
  viseme: 5,
  error: 6,
  end: 7,
  fatal: 8,
} as const;
type KindName = keyof typeof RecordKind;

interface Common {
  /** 0 for none. */
  readonly utterance: number;
  /** Time in the utterance's audio. */
  readonly atMs: number;
}

/** Positions are UTF-16 units of the text that SAPI got, markup included. */
export type SapiRecord = Common &
  (
    | { readonly kind: 'ready' }
    /** 16-bit samples, one channel; valid until the next batch. */
    | { readonly kind: 'audio'; readonly sampleRateHz: number; readonly samples: Int16Array }
    | { readonly kind: 'word' | 'sentence'; readonly start: number; readonly length: number }
    | { readonly kind: 'bookmark'; readonly name: string }
    | { readonly kind: 'viseme'; readonly viseme: number; readonly durationMs: number }
    /** `fatal`: the engine thread has died. */
    | { readonly kind: 'error' | 'fatal'; readonly hresult: number; readonly code: string; readonly message: string }
    | { readonly kind: 'end'; readonly wasStopped: boolean }
  );

const HEADER_BYTES = 32;
const names = new Map(Object.entries(RecordKind).map(([name, kind]) => [kind, name as KindName]));

/** The records of one batch. Lazy, so that what comes behind a record that fails is still there. */
export function* decodeBatch(batch: Uint8Array): Generator<SapiRecord> {
  const bytes = aligned(batch);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const payloadBytes = view.getInt32(at + 24, true);
    yield decode(view, at, bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + payloadBytes));
    at += HEADER_BYTES + ((payloadBytes + 7) & ~7);
  }
}

function decode(view: DataView, at: number, payload: Uint8Array): SapiRecord {
  const kind = names.get(view.getInt32(at, true) as (typeof RecordKind)[KindName]);
  const utterance = view.getInt32(at + 4, true);
  const a = view.getInt32(at + 8, true);
  const b = view.getInt32(at + 12, true);
  const common = { utterance, atMs: view.getFloat64(at + 16, true) };
  switch (kind) {
    case 'audio':
      return { kind, ...common, sampleRateHz: a, samples: samplesIn(payload) };
    case 'word':
    case 'sentence':
      return { kind, ...common, start: a, length: b };
    case 'bookmark':
      return { kind, ...common, name: textIn(payload) };
    case 'viseme':
      return { kind, ...common, viseme: a, durationMs: b };
    case 'error':
    case 'fatal': {
      const [code = '', ...message] = textIn(payload).split('\n');
      return { kind, ...common, hresult: a, code, message: message.join('\n') };
    }
    case 'end':
      return { kind, ...common, wasStopped: a === 1 };
    case 'ready':
      return { kind, ...common };
    case undefined:
      throw new TypeError(`Aside.Sapi.dll sent a record of unknown kind ${view.getInt32(at, true)}`);
  }
}

function samplesIn(payload: Uint8Array): Int16Array {
  return new Int16Array(payload.buffer, payload.byteOffset, payload.byteLength / 2);
}

function textIn(payload: Uint8Array): string {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf16le');
}

/** Samples can be seen in place only at even addresses, where Node puts buffers of this size. */
function aligned(batch: Uint8Array): Uint8Array {
  return batch.byteOffset % 2 === 0 ? batch : batch.slice();
}
