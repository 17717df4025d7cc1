/** Every text of a batch may have `jobs` pieces under way, and `jobs` texts and some more are made at a time. */
export const queueLimitOf = (jobs: number): number => Math.max(1_000, 4 * jobs * jobs);
