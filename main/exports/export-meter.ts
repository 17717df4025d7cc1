import type { ExportProgress } from '../../protocol/model/export.ts';
import { pcmDurationMs } from '../../protocol/model/pcm.ts';
import { charsInto, exportProgress } from './export-progress.ts';

interface Doing {
  readonly chars: number;
  readonly audioBytes: number;
}

/** How far an export has come, of which several pieces are under way at a time. */
export class ExportMeter {
  readonly #charsTotal: number;
  readonly #rate: number;
  readonly #startedAtMs = performance.now();
  readonly #resumedAt: { chars: number; audioMs: number };
  readonly #doing = new Map<number, Doing>();
  #chars: number;
  #audioMs: number;
  #sampleRateHz: number;

  /** `resumed`: what an earlier run had done. `rate` as in `Prosody`. */
  constructor(charsTotal: number, rate: number, resumed: { chars: number; audioMs: number; sampleRateHz: number }) {
    this.#charsTotal = charsTotal;
    this.#rate = rate;
    this.#resumedAt = resumed;
    this.#chars = resumed.chars;
    this.#audioMs = resumed.audioMs;
    this.#sampleRateHz = resumed.sampleRateHz;
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAtMs;
  }

  /** A piece has come so far; `insideBytes` are of a segment of `insideChars` that is not done yet. */
  at(piece: number, done: Doing, inside: { chars: number; audioBytes: number } | null): void {
    const made = { chars: this.#chars + done.chars, audioMs: this.#audioMs + this.#ms(done.audioBytes) };
    const chars = inside ? charsInto(inside.chars, this.#ms(inside.audioBytes), made, this.#rate) : 0;
    this.#doing.set(piece, { chars: done.chars + chars, audioBytes: done.audioBytes + (inside?.audioBytes ?? 0) });
  }

  /** A piece is in its file, and with it all of the text up to `endIndex`. */
  joined(piece: number, endIndex: number, audioBytes: number): void {
    this.#doing.delete(piece);
    this.#chars = endIndex;
    this.#audioMs += this.#ms(audioBytes);
  }

  /** Without it nothing can be told of durations. */
  get knowsRate(): boolean {
    return this.#sampleRateHz > 0;
  }

  heard(sampleRateHz: number): void {
    this.#sampleRateHz = sampleRateHz;
  }

  read(): ExportProgress {
    const doing = [...this.#doing.values()];
    const chars = this.#chars + doing.reduce((sum, piece) => sum + piece.chars, 0);
    const audioMs = this.#audioMs + this.#ms(doing.reduce((sum, piece) => sum + piece.audioBytes, 0));
    const before = this.#resumedAt;
    // The speed is that of this run: what an earlier one had done took no time.
    const own = exportProgress(
      chars - before.chars,
      this.#charsTotal - before.chars,
      audioMs - before.audioMs,
      this.elapsedMs,
    );
    return { ...own, charsDone: chars, charsTotal: this.#charsTotal, audioMs };
  }

  #ms(bytes: number): number {
    return this.#sampleRateHz === 0 ? 0 : pcmDurationMs(bytes, this.#sampleRateHz);
  }
}
