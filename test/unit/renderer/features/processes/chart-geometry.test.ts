import { describe, expect, it } from 'vitest';
import { chartPaths, niceTop } from '../../../../../renderer/features/processes/chart-geometry.ts';
import { moment } from '../../../../helpers/moment.ts';

describe('the paths of the chart', () => {
  it('are empty without a history', () => {
    expect(chartPaths([])).toEqual({ main: '', page: '', blocked: '', topMs: 50 });
  });

  it('end at the right edge, half a minute before is the middle', () => {
    const { main } = chartPaths([moment(30_000), moment(30_500), moment(60_000)]);
    expect(main).toBe('M295 100L300 100L305 100M595 100L600 100');
  });

  it('rise with the delay, the top being the longest that is shown', () => {
    const history = [moment(500, { mainDelayMs: 25, pageDelayMs: 50 }), moment(1_000, { mainDelayMs: 50 })];
    expect(chartPaths(history)).toMatchObject({
      main: 'M590 50L595 50L600 0',
      page: 'M590 0L595 0L600 100',
      topMs: 50,
    });
  });

  it('fill as much of each moment as native calls were blocking, in steps', () => {
    const { blocked } = chartPaths([moment(500, { blockedMs: 500 }), moment(1_000, { blockedMs: 125 })]);
    expect(blocked).toBe('M590 100V0H595V75H600V100Z');
  });

  it('have a gap where nobody looked, and draw nothing for a moment without time', () => {
    const { main, blocked } = chartPaths([moment(10_000), moment(20_000), moment(20_000, { spanMs: 0 })]);
    expect(main).toBe('M495 100L500 100M595 100L600 100');
    expect(blocked.match(/Z/g)).toHaveLength(2);
  });

  it('do not leave the chart to the left', () => {
    const { main } = chartPaths([moment(200, { spanMs: 400 }), moment(600), moment(60_200)]);
    expect(main.startsWith('M0 100L0 100')).toBe(true);
  });
});

describe('the top of the chart', () => {
  it.each([
    [0, 50],
    [50, 50],
    [50.1, 100],
    [150, 200],
    [201, 500],
    [999, 1_000],
    [1_001, 2_000],
    [43_000, 50_000],
  ])('for %d ms is %d ms', (longestMs, topMs) => {
    expect(niceTop(longestMs)).toBe(topMs);
  });
});
