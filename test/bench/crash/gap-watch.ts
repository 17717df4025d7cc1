import type { PlayItem } from '../../../protocol/model/play.ts';

/**
 * Measures how long after a kill main has audio that another host made. What the dead host had sent before may still
 * arrive: it counts only after the play has said that it tries the segment again, or in a later segment, which main had
 * not asked for when the host was killed.
 */
export class GapWatch {
  readonly gapsMs: number[] = [];
  readonly brokenSegments = new Set<number>();
  #segment = 0;
  #kill: { atMs: number; segment: number } | null = null;

  /** True from a kill until audio goes on. */
  get isOpen(): boolean {
    return this.#kill !== null;
  }

  killed(atMs: number): void {
    this.#kill = { atMs, segment: this.#segment };
  }

  /** Sees every item of the play. Returns true when audio goes on after a kill. */
  sees(item: PlayItem, atMs: number): boolean {
    if (item.kind === 'segment') this.#segment = item.segment;
    if (item.kind === 'retry') this.brokenSegments.add(item.segment);
    if (item.kind !== 'audio' || !this.#kill) return false;
    if (!this.brokenSegments.has(item.segment) && item.segment <= this.#kill.segment) return false;
    this.gapsMs.push(atMs - this.#kill.atMs);
    this.#kill = null;
    return true;
  }
}
