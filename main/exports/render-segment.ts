import type { Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../protocol/contract/host-contract.ts';
import type { Boundary } from '../../protocol/model/boundary.ts';
import type { FileBeginning } from '../../protocol/model/file-beginning.ts';
import type { Prosody } from '../../protocol/model/prosody.ts';
import type { WavHeadParts } from '../../protocol/model/wav-head.ts';
import type { HostPool } from '../hosts/host-pool.ts';
import { retryOnHostDeath } from '../speech/host-death.ts';
import type { Segment } from '../speech/segments.ts';

export interface SegmentRendering {
  readonly pool: HostPool<HostContract>;
  readonly text: string;
  readonly segment: Segment;
  readonly voiceId: string;
  readonly prosody: Prosody;
  /** The file that takes the samples, and where in it. Without `beginning` it exists. */
  readonly path: string;
  readonly offsetBytes: number;
  readonly beginning?: FileBeginning;
  readonly wavHead?: WavHeadParts;
  readonly wantBoundaries: boolean;
  readonly signal: AbortSignal | undefined;
  onAudioBytes(audioBytes: number): void;
  onHost(pid: number): void;
  onRetry(): void;
}

export type RenderedSegment = Result<HostContract, 'utterance.render'> & {
  /** Positions in the whole text; `atMs` since the segment's first sample. Empty unless wanted. */
  readonly boundaries: Boundary[];
};

/**
 * Lets a host write one segment's samples into the file. A host that dies leaves at most some of them, which the next
 * one overwrites. When cancelled it rejects only once the host has let go of the file, so that it can be removed.
 */
export async function renderSegment(rendering: SegmentRendering): Promise<RenderedSegment> {
  const { text, segment } = rendering;
  const range = { charIndex: segment.charIndex, charLength: segment.charLength };
  return retryOnHostDeath(
    text,
    range,
    () => attempt(rendering),
    () => rendering.onRetry(),
  );
}

async function attempt(rendering: SegmentRendering): Promise<RenderedSegment> {
  const { pool, text, segment, voiceId, prosody, path, offsetBytes, beginning, wavHead, wantBoundaries, signal } =
    rendering;
  const boundaries: Boundary[] = [];
  const onProgress = (item: Progress<HostContract, 'utterance.render'>): void => {
    if (item.kind === 'written') rendering.onAudioBytes(item.audioBytes);
    else {
      for (const boundary of item.boundaries) {
        boundaries.push({ ...boundary, charIndex: boundary.charIndex + segment.charIndex });
      }
    }
  };
  const call = pool.start(
    'utterance.render',
    {
      text: text.slice(segment.charIndex, segment.charIndex + segment.charLength),
      voiceId,
      prosody,
      path,
      offsetBytes,
      wantBoundaries,
      ...(beginning && { beginning }),
      ...(wavHead && { wavHead }),
    },
    { onProgress, onAssigned: rendering.onHost, priority: 'background', ...(signal && { signal }) },
  );
  try {
    return { ...(await call.result), boundaries };
  } finally {
    await call.settled;
  }
}
