import process from 'node:process';
import { expect, it } from 'vitest';
import { ProcessMeter, sampleThisProcess } from '../../../../main/processes/process-meter.ts';
import { ProcessStatus } from '../../../../protocol/model/processes.ts';

it('has a share from the second sample on', () => {
  const meter = new ProcessMeter();
  const sample = { pid: 7, rssBytes: 10, cpuMs: 100 };
  expect(meter.note(sample, 0)).toEqual({ ...sample, cpuShare: null });
  expect(meter.note({ ...sample, cpuMs: 350 }, 500)).toMatchObject({ cpuMs: 350, cpuShare: 0.5 });
});

it('takes another process id for another process', () => {
  const meter = new ProcessMeter();
  meter.note({ pid: 7, rssBytes: 10, cpuMs: 100 }, 0);
  expect(meter.note({ pid: 8, rssBytes: 10, cpuMs: 5 }, 500).cpuShare).toBeNull();
});

it('knows this process', () => {
  const sample = sampleThisProcess();
  expect(ProcessStatus.parse({ ...sample, cpuShare: null })).toMatchObject({ pid: process.pid });
  expect(sample.rssBytes).toBeGreaterThan(10_000_000);
  expect(sample.cpuMs).toBeGreaterThan(0);
});
