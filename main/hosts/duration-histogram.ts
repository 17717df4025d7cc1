/** What is known of many durations, in milliseconds. All but `count` are null before the first. */
export interface DurationSummary {
  readonly count: number;
  readonly meanMs: number | null;
  /** Half of them were at most so long; as the next two, up to 4.5 % above the true value, and never above `maxMs`. */
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  /** Exact. */
  readonly maxMs: number | null;
}

const BUCKETS_PER_DOUBLING = 16;
/** The first bucket ends at a microsecond, the last one at over a month. */
const FIRST_DOUBLING = -10;
const DOUBLINGS = 42;

/** Counts durations in buckets that grow by the same factor: 5 KB, whatever is counted, and no cost to speak of. */
export class DurationHistogram {
  readonly #buckets = new Float64Array(DOUBLINGS * BUCKETS_PER_DOUBLING);
  #count = 0;
  #sumMs = 0;
  #maxMs = 0;

  /** Takes one duration, 0 or more. */
  record(durationMs: number): void {
    const bucket = Math.ceil((Math.log2(durationMs) - FIRST_DOUBLING) * BUCKETS_PER_DOUBLING);
    const place = Math.min(Math.max(bucket, 0), this.#buckets.length - 1);
    this.#buckets[place] = (this.#buckets[place] ?? 0) + 1;
    this.#count += 1;
    this.#sumMs += durationMs;
    this.#maxMs = Math.max(this.#maxMs, durationMs);
  }

  summary(): DurationSummary {
    const count = this.#count;
    if (count === 0) return { count, meanMs: null, p50Ms: null, p90Ms: null, p99Ms: null, maxMs: null };
    return {
      count,
      meanMs: this.#sumMs / count,
      p50Ms: this.#percentile(0.5),
      p90Ms: this.#percentile(0.9),
      p99Ms: this.#percentile(0.99),
      maxMs: this.#maxMs,
    };
  }

  /** The upper bound of the bucket in which it lies. */
  #percentile(share: number): number {
    let left = Math.ceil(share * this.#count);
    const bucket = this.#buckets.findIndex((inBucket) => {
      left -= inBucket;
      return left <= 0;
    });
    return Math.min(2 ** (bucket / BUCKETS_PER_DOUBLING + FIRST_DOUBLING), this.#maxMs);
  }
}
