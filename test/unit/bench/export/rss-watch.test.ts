import { describe, expect, it } from 'vitest';
import { startRssWatch } from '../../../bench/export/rss-watch.ts';

const MB = 2 ** 20;

describe('startRssWatch', () => {
  it('sees memory that was touched since its start', () => {
    const watch = startRssWatch();
    const block = Buffer.alloc(64 * MB, 1);
    const { growthBytes, peakBytes } = watch.stop();
    expect(growthBytes).toBeGreaterThan(60 * MB);
    expect(peakBytes).toBeGreaterThan(growthBytes);
    expect(block.at(-1)).toBe(1);
  });
});
