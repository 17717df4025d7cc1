import { truncate, writeFile } from 'node:fs/promises';
import type { HostContract } from '../../protocol/contract/host-contract.ts';
import { type AsideError, isAsideError } from '../../protocol/errors.ts';
import type { Boundary } from '../../protocol/model/boundary.ts';
import type { FileBeginning } from '../../protocol/model/file-beginning.ts';
import { pcmDurationMs } from '../../protocol/model/pcm.ts';
import type { Prosody } from '../../protocol/model/prosody.ts';
import type { WavHeadParts } from '../../protocol/model/wav-head.ts';
import type { HostPool } from '../hosts/host-pool.ts';
import type { Segment } from '../speech/segments.ts';
import type { Piece } from './export-plan.ts';
import { rateChanged } from './rate-changed.ts';
import { renderSegment } from './render-segment.ts';
import { silenceBytes } from './silence.ts';

export interface PieceRendering {
  readonly pool: HostPool<HostContract>;
  readonly text: string;
  readonly piece: Piece;
  readonly voiceId: string;
  readonly prosody: Prosody;
  /** The file that takes the bare samples; made anew. */
  readonly pcmPath: string;
  /** Where in it they begin; what is before is left to the caller. */
  readonly startBytes: number;
  /** Made by the host of the first segment, before the file. Absent: main makes the file. */
  readonly beginning?: FileBeginning;
  /** For a piece of one segment: its host makes a WAV file of it, where anything can be heard. */
  readonly wavHead?: WavHeadParts;
  readonly wantBoundaries: boolean;
  /** What becomes of a segment that takes two hosts with it. */
  readonly onError: 'stop' | 'skip';
  readonly signal: AbortSignal;
  /** Runs a call that may find the disk full, again when there is room. */
  whenRoom<T>(attempt: () => Promise<T>): Promise<T>;
  /** Characters and bytes of audio of this piece so far; `inside` what of them is of the segment that runs. */
  onProgress(done: { chars: number; audioBytes: number }, inside: { chars: number; audioBytes: number } | null): void;
  onRate(sampleRateHz: number): void;
  onHost(pid: number): void;
}

/** A piece of text that could not be spoken, and why. */
export interface SkippedText {
  readonly charIndex: number;
  readonly charLength: number;
  readonly text: string;
}

export interface RenderedPiece {
  readonly piece: Piece;
  readonly pcmPath: string;
  readonly audioBytes: number;
  /** 0 where nothing can be heard. */
  readonly sampleRateHz: number;
  readonly words: number;
  /** Positions in the whole text; `atMs` since the piece's first sample; with the number of the segment. */
  readonly boundaries: readonly { readonly boundary: Boundary; readonly segment: number }[];
  readonly skipped: readonly SkippedText[];
  /** Segments that were skipped before there was a sample, and so have left no pause yet. */
  readonly pausesBefore: number;
}

/** Has the segments of a piece spoken into one file, one after the other, each by any host that is free. */
export async function renderPiece(rendering: PieceRendering): Promise<RenderedPiece> {
  const { piece, pcmPath, startBytes, whenRoom } = rendering;
  if (!rendering.beginning) await whenRoom(() => writeFile(pcmPath, ''));
  const done = { audioBytes: 0, sampleRateHz: 0, words: 0, pausesBefore: 0 };
  let hasFailed = false;
  const onFailure = (): void => {
    hasFailed = true;
  };
  const boundaries: { boundary: Boundary; segment: number }[] = [];
  const skipped: SkippedText[] = [];
  for (const segment of piece.segments) {
    const outcome = await speak(rendering, segment, done.audioBytes, onFailure).catch((error: unknown) => {
      if (rendering.onError === 'skip' && isAsideError(error, 'segment-failed')) return error;
      throw error;
    });
    if (isAsideError(outcome, 'segment-failed')) {
      skipped.push(skippedText(outcome));
      if (done.sampleRateHz === 0) done.pausesBefore += 1;
      else await pause(rendering, done);
    } else {
      const startMs = done.audioBytes === 0 ? 0 : pcmDurationMs(done.audioBytes, outcome.sampleRateHz);
      for (const boundary of outcome.boundaries) {
        boundaries.push({ boundary: { ...boundary, atMs: boundary.atMs + startMs }, segment: segment.index });
      }
      // A segment in which nothing can be heard does not know the voice's rate.
      if (outcome.audioBytes > 0) {
        const before = done.sampleRateHz || outcome.sampleRateHz;
        if (before !== outcome.sampleRateHz) throw rateChanged(before, outcome.sampleRateHz, segment.charIndex);
        done.sampleRateHz = outcome.sampleRateHz;
        rendering.onRate(outcome.sampleRateHz);
      }
      done.audioBytes += outcome.audioBytes;
      done.words += outcome.words;
    }
    const chars = segment.charIndex + segment.charLength - piece.charIndex;
    rendering.onProgress({ chars, audioBytes: done.audioBytes }, null);
  }
  // An attempt that failed, as of a host that died, may have written beyond.
  if (hasFailed) await whenRoom(() => truncate(pcmPath, startBytes + done.audioBytes));
  return { piece, pcmPath, ...done, boundaries, skipped };
}

/** `onFailure` hears of each attempt that failed, of which something may be left in the file. */
function speak(rendering: PieceRendering, segment: Segment, audioBytes: number, onFailure: () => void) {
  const { piece, onProgress, pcmPath, startBytes, beginning, ...rest } = rendering;
  const isFirst = segment === piece.segments[0];
  const before = { chars: segment.charIndex - piece.charIndex, audioBytes };
  return rendering.whenRoom(() =>
    renderSegment({
      ...rest,
      ...(isFirst && beginning && { beginning }),
      segment,
      path: pcmPath,
      offsetBytes: startBytes + audioBytes,
      onAudioBytes: (inside) => onProgress(before, { chars: segment.charLength, audioBytes: inside }),
      onRetry: onFailure,
    }).catch((error: unknown) => {
      onFailure();
      throw error;
    }),
  );
}

async function pause(rendering: PieceRendering, done: { audioBytes: number; sampleRateHz: number }): Promise<void> {
  const { pcmPath, startBytes, whenRoom } = rendering;
  const end = done.audioBytes + silenceBytes(1, done.sampleRateHz);
  // What a dead host has left there goes first: a file that grows has zeros where nothing was written.
  await truncate(pcmPath, startBytes + done.audioBytes);
  await whenRoom(() => truncate(pcmPath, startBytes + end));
  done.audioBytes = end;
}

function skippedText({ details }: AsideError<'segment-failed'>): SkippedText {
  return { charIndex: details.charIndex, charLength: details.charLength, text: details.text };
}
