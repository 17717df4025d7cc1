import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const TONE_RATE_HZ = 22_050;

/** Files of samples, tones that come and go, which need no voice. */
export interface TonePieces {
  readonly dir: string;
  readonly pcmPaths: readonly string[];
  remove(): void;
}

/** @param seconds of each piece */
export function tonePieces(...seconds: number[]): TonePieces {
  const dir = mkdtempSync(join(tmpdir(), 'aside-tones-'));
  const pcmPaths = seconds.map((length, index) => {
    const path = join(dir, `${index}.pcm`);
    writeFileSync(path, tones(length, index));
    return path;
  });
  return { dir, pcmPaths, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

function tones(seconds: number, voice: number): Uint8Array {
  const samples = new Int16Array(Math.round(seconds * TONE_RATE_HZ));
  const step = ((2 * Math.PI) / TONE_RATE_HZ) * (150 + 40 * voice);
  for (let i = 0; i < samples.length; i++) {
    const loudness = Math.max(0, Math.sin((2 * Math.PI * i) / TONE_RATE_HZ / 1.3)); // a word, a pause
    samples[i] = 9_000 * loudness * Math.sin(i * step + Math.sin(i * step * 3));
  }
  return new Uint8Array(samples.buffer);
}
