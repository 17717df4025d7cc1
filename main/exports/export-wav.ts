import { cancelled } from '../../protocol/contract/call.ts';
import type { HostContract } from '../../protocol/contract/host-contract.ts';
import { AsideError, isAsideError } from '../../protocol/errors.ts';
import type { ExportProgress } from '../../protocol/model/export.ts';
import { pcmDurationMs } from '../../protocol/model/pcm.ts';
import type { Prosody } from '../../protocol/model/prosody.ts';
import type { Voice } from '../../protocol/model/voice.ts';
import type { HostPool } from '../hosts/host-pool.ts';
import { EXPORTING, type Segment, segmentsOf } from '../speech/segments.ts';
import { charsInto, exportProgress } from './export-progress.ts';
import { fileError } from './file-error.ts';
import { openPartFile, type PartFile } from './part-file.ts';
import { renderSegment } from './render-segment.ts';
import { TimingsFile } from './timings-file.ts';
import { MAX_WAV_AUDIO_BYTES, WAV_HEADER_BYTES, wavHeader } from './wav-header.ts';

export interface ExportJob {
  readonly text: string;
  readonly voice: Voice;
  readonly prosody: Prosody;
  readonly pool: HostPool<HostContract>;
  /** The WAV file to make; one that exists is replaced when the new one is whole. */
  readonly path: string;
  /** A JSON file for the boundaries, made beside it. */
  readonly timingsPath?: string | undefined;
  readonly signal?: AbortSignal;
  onProgress?(progress: ExportProgress): void;
}

export interface ExportSummary {
  readonly durationMs: number;
  /** Size of the file. */
  readonly bytes: number;
  readonly characters: number;
  readonly segments: number;
  readonly words: number;
  readonly elapsedMs: number;
  /** The processes that did it, in the order in which they were first used, with the requests that each was given. */
  readonly hosts: { pid: number; requests: number }[];
}

/** Paths that an export of this process is writing at the moment. */
const busyPaths = new Set<string>();

/**
 * Speaks a text into a WAV file: a `.part` beside it, renamed when it is whole, removed when it fails or is cancelled.
 * Main only keeps the books; hosts write the samples. Rejects with `refused` (nothing to say, or the path is being
 * written already), `file`, `segment-failed`, `request-cancelled`, and what the engine refuses.
 */
export async function exportWav(job: ExportJob): Promise<ExportSummary> {
  if (job.text.trim() === '') throw nothingToSay();
  if (busyPaths.has(job.path)) throw alreadyBusy(job.path);
  busyPaths.add(job.path);
  let part: PartFile | undefined;
  let timings: TimingsFile | undefined;
  try {
    part = await openPartFile(job.path);
    timings = job.timingsPath === undefined ? undefined : await TimingsFile.open(job.timingsPath, job.text);
    const summary = await writeSegments(job, part, timings);
    await timings?.commit();
    await part.commit();
    return summary;
  } catch (error) {
    throw aboutTarget(error, job.path, part?.path);
  } finally {
    await timings?.discard();
    await part?.discard();
    busyPaths.delete(job.path);
  }
}

async function writeSegments(job: ExportJob, part: PartFile, timings: TimingsFile | undefined): Promise<ExportSummary> {
  const { text, voice, signal } = job;
  const startedAtMs = performance.now();
  const hosts = new Map<number, number>();
  const total = { audioBytes: 0, words: 0, segments: 0, sampleRateHz: 0 };
  const report = (charsDone: number, audioBytes: number): void => {
    if (total.sampleRateHz === 0) return;
    const audioMs = pcmDurationMs(audioBytes, total.sampleRateHz);
    job.onProgress?.(exportProgress(charsDone, text.length, audioMs, performance.now() - startedAtMs));
  };
  const reportInside = ({ charIndex, charLength }: Segment, bytes: number): void => {
    if (total.sampleRateHz === 0) return;
    const made = { chars: charIndex, audioMs: pcmDurationMs(total.audioBytes, total.sampleRateHz) };
    const chars = charsInto(charLength, pcmDurationMs(bytes, total.sampleRateHz), made, job.prosody.rate);
    report(charIndex + chars, total.audioBytes + bytes);
  };
  const range = { startIndex: 0, endIndex: text.length };
  for (const segment of segmentsOf(text, range, voice.language, EXPORTING)) {
    if (signal?.aborted) throw cancelled('the export');
    const rendered = await renderSegment({
      pool: job.pool,
      text,
      segment,
      voiceId: voice.id,
      prosody: job.prosody,
      path: part.path,
      offsetBytes: WAV_HEADER_BYTES + total.audioBytes,
      wantBoundaries: timings !== undefined,
      signal,
      onAudioBytes: (bytes) => reportInside(segment, bytes),
      onHost: (pid) => hosts.set(pid, (hosts.get(pid) ?? 0) + 1),
      onRetry: () => {},
    });
    // A segment in which nothing can be heard does not know the voice's rate.
    if (rendered.audioBytes > 0 || total.sampleRateHz === 0) total.sampleRateHz = rendered.sampleRateHz;
    await timings?.add(later(rendered.boundaries, total), segment.index);
    total.audioBytes += rendered.audioBytes;
    total.words += rendered.words;
    total.segments += 1;
    if (total.audioBytes > MAX_WAV_AUDIO_BYTES) throw tooLong(job.path, segment);
    report(segment.charIndex + segment.charLength, total.audioBytes);
  }
  // At the start: only hosts have written so far. `write` may write less than it was given.
  await part.handle.writeFile(wavHeader(total.audioBytes, total.sampleRateHz));
  await part.handle.truncate(WAV_HEADER_BYTES + total.audioBytes);
  return {
    durationMs: Math.round(pcmDurationMs(total.audioBytes, total.sampleRateHz)),
    bytes: WAV_HEADER_BYTES + total.audioBytes,
    characters: text.length,
    segments: total.segments,
    words: total.words,
    elapsedMs: Math.round(performance.now() - startedAtMs),
    hosts: [...hosts].map(([pid, requests]) => ({ pid, requests })),
  };
}

/** Boundaries of a segment on the clock of the file. */
function later<B extends { atMs: number }>(boundaries: B[], total: { audioBytes: number; sampleRateHz: number }): B[] {
  const offsetMs = total.audioBytes === 0 ? 0 : pcmDurationMs(total.audioBytes, total.sampleRateHz);
  return boundaries.map((boundary) => ({ ...boundary, atMs: boundary.atMs + offsetMs }));
}

/** The user knows the target; that a host failed on its `.part` is our affair. */
function aboutTarget(error: unknown, path: string, partPath: string | undefined): unknown {
  if (isAsideError(error, 'file') && error.details.path === partPath) {
    return fileError(path, Object.assign(new Error(error.message), { code: error.details.reason }));
  }
  if (error instanceof Error && 'code' in error && 'syscall' in error) return fileError(path, error);
  return error;
}

function nothingToSay(): AsideError<'refused'> {
  return new AsideError('refused', 'The text is empty: there is nothing to say', {
    details: { reason: 'empty-text' },
    remedy: 'Type, paste or open a text first.',
  });
}

function alreadyBusy(path: string): AsideError<'refused'> {
  return new AsideError('refused', `${path} is being written by another export`, {
    details: { reason: 'target-busy' },
    remedy: 'Wait for that export, cancel it, or choose another name.',
  });
}

function tooLong(path: string, segment: Segment): AsideError<'file'> {
  const reached = `at character ${segment.charIndex}`;
  return new AsideError('file', `${path}: a WAV file holds at most 4 GB, and this text needs more (${reached})`, {
    details: { path, reason: 'too-long-for-wav' },
    remedy: 'Export the text in several parts.',
  });
}
