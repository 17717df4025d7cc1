import type { App, BrowserWindow } from 'electron';
import type { PageProcess } from '../../shell-services.ts';

/**
 * The process that draws the window's page; null when there is none, since it has crashed, or Electron has no numbers
 * of it yet. Memory is the working set, the system's word for resident memory.
 */
export function pageProcess(app: Pick<App, 'getAppMetrics'>, window: BrowserWindow): PageProcess | null {
  if (window.isDestroyed()) return null;
  const pid = window.webContents.getOSProcessId();
  const metric = app.getAppMetrics().find((candidate) => candidate.pid === pid);
  if (!metric) return null;
  const { cpu, memory } = metric;
  return { pid, rssBytes: memory.workingSetSize * 1024, cpuMs: (cpu.cumulativeCPUUsage ?? 0) * 1000 };
}
