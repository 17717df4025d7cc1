import { spawnSync } from 'node:child_process';
import { createAudioHosts } from '../../main/exports/audio-hosts.ts';
import { createForkLauncher } from '../../main/hosts/fork-launcher.ts';
import type { HostPool } from '../../main/hosts/host-pool.ts';
import type { Log } from '../../main/logging/log.ts';
import type { AudioContract, AudioFileState } from '../../protocol/contract/audio-contract.ts';
import type { AudioFormat, AudioTags } from '../../protocol/model/audio-format.ts';
import { hostEntry } from './host-entry.ts';

export const NO_TAGS: AudioTags = { title: '', author: '', track: null, chapters: [] };

/** Real audio hosts of the built program. */
export function openAudioHosts(jobs = 1, log?: Log): HostPool<AudioContract> {
  return createAudioHosts({
    launcher: createForkLauncher(),
    hostEntryPath: hostEntry('audio-host.cjs'),
    jobs,
    ...(log && { log }),
  });
}

export interface FileToMake {
  readonly path: string;
  readonly format: AudioFormat;
  readonly sampleRateHz: number;
  readonly tags?: AudioTags;
  readonly mayBeHuge?: boolean;
  /** Files of samples. */
  readonly pcmPaths: readonly string[];
}

export interface MadeFile {
  readonly bytes: number;
  /** When the head was there, and after each piece. */
  readonly states: readonly AudioFileState[];
  /** At which sample each piece is heard. */
  readonly starts: readonly number[];
  readonly pieces: readonly { readonly bytes: number; readonly crc32: number }[];
}

/** Makes a whole file as an exporter does: all pieces at the same time, then one after the other into the file. */
export async function makeFile(pool: HostPool<AudioContract>, file: FileToMake): Promise<MadeFile> {
  const { path, format, sampleRateHz, tags = NO_TAGS, mayBeHuge = false } = file;
  const piecePaths = await encodeAll(pool, file);
  const states = [await pool.request('file.begin', { path, format, sampleRateHz, tags, mayBeHuge })];
  const pieces: { bytes: number; crc32: number }[] = [];
  const starts: number[] = [];
  for (const piecePath of piecePaths) {
    const before = lastOf(states);
    const added = await pool.request('piece.append', { path, format, sampleRateHz, piecePath, state: before });
    states.push(added.state);
    starts.push(added.startSamples);
    pieces.push({ bytes: added.state.bytes - before.bytes, crc32: added.addedCrc32 });
  }
  const seekPoints = states.map(({ samples, bytes }) => ({ samples, bytes }));
  const state = lastOf(states);
  const { bytes } = await pool.request('file.finish', {
    ...{ path, format, sampleRateHz, tags, mayBeHuge, state, seekPoints },
  });
  return { bytes, states, starts, pieces };
}

async function encodeAll(pool: HostPool<AudioContract>, { path, format, sampleRateHz, pcmPaths }: FileToMake) {
  if (format.kind === 'wav') return pcmPaths;
  const piecePaths = pcmPaths.map((_, index) => `${path}.${index}`);
  await Promise.all(
    pcmPaths.map((pcmPath, index) =>
      pool.request('piece.encode', { pcmPath, path: piecePaths[index] ?? '', format, sampleRateHz }),
    ),
  );
  return piecePaths;
}

function lastOf<T>(items: readonly T[]): T {
  const last = items.at(-1);
  if (last === undefined) throw new Error('there is none');
  return last;
}

/** What a program of the system says. Throws when it is not there or fails: scripts/system-packages.json names them. */
export function run(command: string, args: readonly string[], input?: string): Buffer {
  const { status, stdout, stderr, error } = spawnSync(command, args, { maxBuffer: 2 ** 30, ...(input && { input }) });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.toString('utf8')}`);
  return stdout;
}

/** What eSpeak NG makes of a text: 16-bit samples at 22 050 Hz. */
export function speak(text: string): Buffer {
  return run('espeak-ng', ['-v', 'en', '--stdout', '--stdin'], text).subarray(44);
}

interface Probed {
  readonly format: { readonly duration: string; readonly tags?: Readonly<Record<string, string>> };
  readonly streams: readonly { readonly codec_name: string; readonly tags?: Readonly<Record<string, string>> }[];
  readonly chapters: readonly { readonly start_time: string; readonly tags?: { readonly title?: string } }[];
}

/** What ffprobe says of a file. */
export function probe(path: string): Probed {
  const shown = ['-show_format', '-show_streams', '-show_chapters'];
  return JSON.parse(run('ffprobe', ['-v', 'error', ...shown, '-of', 'json', path]).toString()) as Probed;
}

/** The chapters in it. */
export function chaptersIn({ chapters }: Probed): { title: string | undefined; startMs: number }[] {
  return chapters.map(({ start_time: start, tags }) => ({ title: tags?.title, startMs: Number(start) * 1_000 }));
}

/** What ffmpeg hears in a file. */
export function samplesOf(path: string): Int16Array {
  const pcm = run('ffmpeg', ['-v', 'error', '-i', path, '-f', 's16le', '-']);
  return new Int16Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.length));
}
