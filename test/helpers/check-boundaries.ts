import { expect } from 'vitest';
import type { Recording } from './record.ts';

/** Checks what `boundary.ts` and `engine.ts` promise about the boundaries of any text. */
export function checkBoundaries(text: string, { samples, sampleRateHz, boundaries, audioAtMs }: Recording): void {
  const durationMs = (samples.length / sampleRateHz) * 1000;
  let lastMs = 0;
  let lastWordEnd = 0;
  for (const [index, boundary] of boundaries.entries()) {
    const { kind, charIndex, charLength, atMs } = boundary;
    const end = charIndex + charLength;
    expect(charIndex).toBeGreaterThanOrEqual(kind === 'word' ? lastWordEnd : 0);
    expect(charLength).toBeGreaterThan(0);
    expect(end).toBeLessThanOrEqual(text.length);
    expect([splitsPair(text, charIndex), splitsPair(text, end)]).toEqual([false, false]);
    expect(atMs).toBeGreaterThanOrEqual(lastMs);
    expect(atMs).toBeLessThanOrEqual(durationMs);
    expect(atMs).toBeGreaterThanOrEqual(Math.floor(audioAtMs[index] ?? 0)); // its audio has not been delivered yet
    lastMs = atMs;
    if (kind === 'word') lastWordEnd = end;
  }
}

function splitsPair(text: string, index: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(index - 1, index + 1));
}
