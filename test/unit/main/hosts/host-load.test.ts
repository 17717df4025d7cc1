import { expect, it } from 'vitest';
import { LoadMeter, NO_LOAD, sumLoads } from '../../../../main/hosts/host-load.ts';

it('knows nothing of a process that has not been asked', () => {
  expect(new LoadMeter().read()).toEqual(NO_LOAD);
});

it('tells memory and CPU time at once, and the share of a core from the second time on', () => {
  const meter = new LoadMeter();
  meter.note({ rssBytes: 10, cpuMs: 100, atMs: 1_000 });
  expect(meter.read()).toEqual({ rssBytes: 10, cpuMs: 100, cpuShare: null });
  meter.note({ rssBytes: 20, cpuMs: 850, atMs: 1_500 });
  expect(meter.read()).toEqual({ rssBytes: 20, cpuMs: 850, cpuShare: 1.5 });
});

it('has no share where it would be an average over a long time, or over none', () => {
  const meter = new LoadMeter();
  meter.note({ rssBytes: 10, cpuMs: 0, atMs: 0 });
  meter.note({ rssBytes: 10, cpuMs: 10_001, atMs: 10_001 });
  expect(meter.read().cpuShare).toBeNull();
  meter.note({ rssBytes: 10, cpuMs: 10_002, atMs: 10_001 });
  expect(meter.read().cpuShare).toBeNull();
});

it('has no negative share, should a process say less than before', () => {
  const meter = new LoadMeter();
  meter.note({ rssBytes: 10, cpuMs: 500, atMs: 0 });
  meter.note({ rssBytes: 10, cpuMs: 400, atMs: 100 });
  expect(meter.read().cpuShare).toBe(0);
});

it('is the sum of what is known of several, and unknown where nothing is', () => {
  const known = { rssBytes: 3, cpuMs: 4, cpuShare: 0.5 };
  expect(sumLoads([])).toEqual(NO_LOAD);
  expect(sumLoads([NO_LOAD, { rssBytes: 1, cpuMs: 2, cpuShare: null }, known])).toEqual({
    rssBytes: 4,
    cpuMs: 6,
    cpuShare: 0.5,
  });
});
