import { expect, it } from 'vitest';
import { type Moment, summarize, withMoment } from '../../../../../renderer/features/processes/delay-history.ts';
import { moment } from '../../../../helpers/moment.ts';

it('keeps the last minute', () => {
  let history: readonly Moment[] = [];
  for (let atMs = 500; atMs <= 70_000; atMs += 500) history = withMoment(history, moment(atMs));
  expect(history).toHaveLength(120);
  expect([history[0]?.atMs, history.at(-1)?.atMs]).toEqual([10_500, 70_000]);
});

it('begins anew when the clock does', () => {
  expect(withMoment([moment(9_000), moment(9_500)], moment(100))).toEqual([moment(100)]);
});

it('is nothing at the beginning', () => {
  const none = { blockingMs: null, otherwiseMs: null };
  expect(summarize([])).toEqual({ coveredMs: 0, blockedMs: 0, main: none, page: none });
});

it('tells the longest delays with and without a native call', () => {
  const history = [
    moment(500, { mainDelayMs: 1, pageDelayMs: 9 }),
    moment(1_000, { mainDelayMs: 2, pageDelayMs: 5, blockedMs: 300 }),
    moment(1_500, { mainDelayMs: 4, pageDelayMs: 3, blockedMs: 500 }),
    moment(2_000, { mainDelayMs: 3, pageDelayMs: 8 }),
  ];
  expect(summarize(history)).toEqual({
    coveredMs: 2_000,
    blockedMs: 800,
    main: { blockingMs: 4, otherwiseMs: 3 },
    page: { blockingMs: 5, otherwiseMs: 9 },
  });
});
