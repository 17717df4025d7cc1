import type { ExportJob } from './export-job.ts';
import type { ExportMeter } from './export-meter.ts';
import type { Piece } from './export-plan.ts';
import { type PieceRendering, type RenderedPiece, renderPiece } from './render-piece.ts';

/** What the pieces of an export have in common. */
export interface PieceSpeaker {
  readonly job: ExportJob;
  readonly signal: AbortSignal;
  readonly meter: ExportMeter;
  /** Requests by process id, in the order in which they came. */
  readonly hosts: Map<number, number>;
  /** Also when this run does not: the one that began may have, and a later one may again. */
  readonly wantBoundaries: boolean;
  whenRoom<T>(attempt: () => Promise<T>): Promise<T>;
}

export function pieceSpeaker(
  job: ExportJob,
  signal: AbortSignal,
  whenRoom: PieceSpeaker['whenRoom'],
  meter: ExportMeter,
  wantBoundaries: boolean,
): PieceSpeaker {
  return { job, signal, whenRoom, meter, wantBoundaries, hosts: new Map() };
}

/**
 * Has a piece spoken into the file `pcmPath`, made anew, from `startBytes` on, and tells of it. `made`: what the host
 * makes of the file beside that.
 */
export function speakPiece(
  { job, signal, meter, hosts, wantBoundaries, whenRoom }: PieceSpeaker,
  piece: Piece,
  pcmPath: string,
  startBytes: number,
  made: Pick<PieceRendering, 'beginning' | 'wavHead'> = {},
): Promise<RenderedPiece> {
  return renderPiece({
    pool: job.pool,
    text: job.text,
    piece,
    voiceId: job.voice.id,
    prosody: job.prosody,
    pcmPath,
    startBytes,
    ...made,
    wantBoundaries,
    onError: job.onError ?? 'stop',
    signal,
    whenRoom,
    onProgress: (done, inside) => {
      meter.at(piece.index, done, inside);
      if (meter.knowsRate) job.onProgress?.(meter.read());
    },
    onRate: (sampleRateHz) => meter.heard(sampleRateHz),
    onHost: (pid) => hosts.set(pid, (hosts.get(pid) ?? 0) + 1),
  });
}
