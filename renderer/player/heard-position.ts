import { lastAtOrBefore } from './last-at-or-before.ts';

interface Sent {
  readonly atSeconds: number;
  readonly frames: number;
}

/**
 * What has been *heard* is what had gone to the device one device latency ago. Looked up, not subtracted: so it stands
 * still and catches up correctly when the sound pauses or runs dry.
 */
export class HeardPosition {
  #sent: Sent[] = [];

  /** Notes that `frames` had gone out at `atSeconds`; returns the frames that had `latencySeconds` before. */
  advance(frames: number, atSeconds: number, latencySeconds: number): number {
    this.#sent.push({ atSeconds, frames });
    const heard = lastAtOrBefore(this.#sent, atSeconds - latencySeconds, (sent) => sent.atSeconds);
    if (heard < 0) return 0;
    this.#sent.splice(0, heard);
    return this.#sent[0]?.frames ?? 0;
  }

  reset(): void {
    this.#sent = [];
  }
}
