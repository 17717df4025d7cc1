import type { Moment } from '../../renderer/features/processes/delay-history.ts';

/** Half a second of a history in which nothing was late and nothing blocked, but for `rest`. */
export const moment = (atMs: number, rest: Partial<Moment> = {}): Moment => ({
  atMs,
  spanMs: 500,
  mainDelayMs: 0,
  pageDelayMs: 0,
  blockedMs: 0,
  ...rest,
});
