import { describe, expect, it } from 'vitest';
import { describeMachine } from '../../../bench/harness/machine.ts';
import { measure } from '../../../bench/harness/measure.ts';
import { Report, toJsonLine, toTable } from '../../../bench/harness/report.ts';

const report: Report = {
  bench: 'stop',
  machine: describeMachine(['espeak native', 'scripted']),
  measures: [
    measure({ name: 'native-p95', value: 10 / 3, unit: 'ms', baseline: 2, bar: 60 }),
    measure({ name: 'forced-next-audio-p95', value: 312.345_67, unit: 'ms', bar: 300 }),
    measure({ name: 'idle-max', value: 1.5, unit: 'ms' }),
  ],
};

describe('toJsonLine', () => {
  it('is one line that the schema of reports accepts', () => {
    const line = toJsonLine(report);
    expect(line).not.toContain('\n');
    expect(Report.safeParse(JSON.parse(line)).error).toBeUndefined();
  });

  it('has exactly the fields that readers rely on, in their order', () => {
    const parsed = JSON.parse(toJsonLine(report)) as Report;
    expect(Object.keys(parsed)).toEqual(['bench', 'machine', 'measures']);
    for (const found of parsed.measures) {
      expect(Object.keys(found)).toEqual(['name', 'value', 'unit', 'baseline', 'ratio', 'bar', 'ok']);
    }
  });

  it('rounds what is shown and not what was decided', () => {
    const barely = measure({ name: 'a', value: 60.000_01, unit: 'ms', bar: 60 });
    const [found] = (JSON.parse(toJsonLine({ ...report, measures: [barely] })) as Report).measures;
    expect(found).toMatchObject({ value: 60, bar: 60, ok: false });
  });
});

describe('the machine of a report', () => {
  it('says where the numbers come from', () => {
    expect(report.machine).toMatchObject({
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      engines: ['espeak native', 'scripted'],
    });
    expect(report.machine.memoryBytes).toBeGreaterThan(0);
  });
});

describe('toTable', () => {
  const table = toTable(report);

  it('has one row a measure, in which a missed bar stands out', () => {
    expect(table).toMatch(/^native-p95 +3\.33 ms +2 +1\.67 x +<= 60 +ok$/mu);
    expect(table).toMatch(/^forced-next-audio-p95 +312 ms +<= 300 +MISSED$/mu);
    expect(table).toMatch(/^idle-max +1\.5 ms$/mu);
  });

  it('begins with what was measured and where', () => {
    expect(table.split('\n')[0]).toMatch(/^stop: espeak native, scripted; espeak-ng /u);
    expect(table.split('\n')[1]).toContain(process.version);
  });
});
