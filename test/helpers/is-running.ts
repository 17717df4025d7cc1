import { readFileSync } from 'node:fs';

/** Whether a process still runs. One that has ended and that nobody has waited for does not. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) throw new RangeError(`no process id: ${pid}`);
  try {
    process.kill(pid, 0);
  } catch {
    return false; // ESRCH
  }
  if (process.platform !== 'linux') return true;
  try {
    // `pid (name) state …`: the name may hold anything, also brackets.
    return !/^ [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, ''));
  } catch {
    return false; // It ended between the two looks.
  }
}
