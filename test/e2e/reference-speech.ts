import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAside } from '../helpers/run-aside.ts';

/** What a voice makes of a text, as the command line tells it. */
export interface ReferenceSpeech {
  readonly durationMs: number;
  /** The whole WAV file. */
  readonly wav: Buffer;
  /** Its samples, signed 16-bit. */
  readonly samples: Int16Array;
  /** When each word begins, in order. */
  readonly words: readonly { readonly text: string; readonly atMs: number }[];
}

const WAV_HEADER_BYTES = 44;

export interface Wanted {
  readonly voice: string;
  readonly rate?: number;
}

/** Speaks `text` by `aside export`: another way through the program than the one that is under test. */
export async function referenceSpeech(
  folder: string,
  text: string,
  { voice, rate = 1 }: Wanted,
): Promise<ReferenceSpeech> {
  const [out, timings] = [join(folder, 'reference.wav'), join(folder, 'reference.json')];
  const options = ['--voice', voice, '--rate', String(rate), '--timings', timings, '--json'];
  const [engine = ''] = voice.split(':');
  const run = await runAside(['export', '-', '--out', out, ...options], {
    input: text,
    env: { ASIDE_ENGINES: engine },
  });
  if (run.exitCode !== 0) throw new Error(`aside export failed: ${run.stderr}`);
  const wav = await readFile(out);
  const boundaries = JSON.parse(await readFile(timings, 'utf8')) as { kind: string; text: string; atMs: number }[];
  return {
    durationMs: (JSON.parse(run.stdout.toString()) as { durationMs: number }).durationMs,
    wav,
    samples: new Int16Array(Uint8Array.from(wav.subarray(WAV_HEADER_BYTES)).buffer),
    words: boundaries.filter(({ kind }) => kind === 'word').map(({ text: word, atMs }) => ({ text: word, atMs })),
  };
}
