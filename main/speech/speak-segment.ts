import type { Progress } from '../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../protocol/contract/host-contract.ts';
import type { WireError } from '../../protocol/errors.ts';
import { toWireError } from '../../protocol/errors.ts';
import type { Boundary } from '../../protocol/model/boundary.ts';
import type { Prosody } from '../../protocol/model/prosody.ts';
import type { HostPool } from '../hosts/host-pool.ts';
import type { CreditGate } from './credit-gate.ts';
import { retryOnHostDeath } from './host-death.ts';
import type { Segment } from './segments.ts';

export interface SegmentListener {
  /** In the play's text; `atMs` since the segment's first sample. Before the audio that they are in. */
  boundaries(boundaries: Boundary[]): void;
  audio(pcm: Uint8Array<ArrayBuffer>, sampleRateHz: number): void;
  retry(error: WireError): void;
}

export interface SegmentSpeech {
  readonly pool: HostPool<HostContract>;
  readonly text: string;
  readonly segment: Segment;
  readonly voiceId: string;
  readonly prosody: Prosody;
  readonly gate: CreditGate;
  readonly signal: AbortSignal;
}

type SpeakItem = Progress<HostContract, 'utterance.speak'>;

/**
 * Speaks one segment. When its host dies it is spoken once more by another host; what the listener has already had is
 * left out, byte by byte and boundary by boundary (synthesis is deterministic), so that nothing is heard twice and
 * nothing is lost. Rejects with `segment-failed`, `request-cancelled`, and what the engine or the pool refuses.
 */
export async function speakSegment(speech: SegmentSpeech, listener: SegmentListener): Promise<void> {
  const { text, segment } = speech;
  const delivered = { bytes: 0, boundaries: 0 };
  await retryOnHostDeath(
    text,
    { charIndex: segment.charIndex, charLength: segment.charLength },
    () => attempt(speech, listener, delivered),
    (error) => listener.retry(toWireError(error)),
  );
}

async function attempt(
  speech: SegmentSpeech,
  listener: SegmentListener,
  delivered: { bytes: number; boundaries: number },
): Promise<void> {
  const { pool, text, segment, voiceId, prosody, gate, signal } = speech;
  await gate.wait(signal);
  let bytesToSkip = delivered.bytes;
  let boundariesToSkip = delivered.boundaries;

  const onProgress = (item: SpeakItem): void => {
    if (item.kind === 'boundaries') {
      const fresh = item.boundaries.slice(boundariesToSkip);
      boundariesToSkip -= item.boundaries.length - fresh.length;
      delivered.boundaries += fresh.length;
      if (fresh.length > 0) listener.boundaries(fresh.map((boundary) => shift(boundary, segment.charIndex)));
      return;
    }
    const fresh = item.pcm.subarray(Math.min(bytesToSkip, item.pcm.byteLength));
    bytesToSkip -= item.pcm.byteLength - fresh.byteLength;
    delivered.bytes += fresh.byteLength;
    gate.spend(fresh.byteLength);
    if (fresh.byteLength > 0) listener.audio(fresh, item.sampleRateHz);
  };

  const call = pool.start(
    'utterance.speak',
    {
      text: text.slice(segment.charIndex, segment.charIndex + segment.charLength),
      voiceId,
      prosody,
      initialCreditBytes: gate.availableBytes + bytesToSkip,
    },
    { signal, onProgress, priority: 'listening' },
  );
  gate.forward((bytes) => call.credit(bytes));
  try {
    await call.result;
  } finally {
    gate.forward(() => {});
  }
}

function shift(boundary: Boundary, charIndex: number): Boundary {
  return { ...boundary, charIndex: boundary.charIndex + charIndex };
}
