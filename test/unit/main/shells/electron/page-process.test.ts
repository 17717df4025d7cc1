import { expect, test } from 'vitest';
import { pageProcess } from '../../../../../main/shells/electron/page-process.ts';

const metrics = [
  { pid: 1, cpu: { cumulativeCPUUsage: 9 }, memory: { workingSetSize: 9 } },
  { pid: 2, cpu: { cumulativeCPUUsage: 1.5 }, memory: { workingSetSize: 2_000 } },
];
const app = { getAppMetrics: () => metrics as never };
const window = (pid: number, isDestroyed = false) =>
  ({ isDestroyed: () => isDestroyed, webContents: { getOSProcessId: () => pid } }) as never;

test('the process of the page is told in bytes and milliseconds', () => {
  expect(pageProcess(app, window(2))).toEqual({ pid: 2, rssBytes: 2_048_000, cpuMs: 1_500 });
});

test('a page that has crashed, is not there yet, or whose window has gone, has no process', () => {
  expect([pageProcess(app, window(0)), pageProcess(app, window(3)), pageProcess(app, window(2, true))]).toEqual([
    null,
    null,
    null,
  ]);
});
