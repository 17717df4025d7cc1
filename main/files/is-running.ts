import { readFileSync } from 'node:fs';
import process from 'node:process';

/** Whether the process whose id a lock or a folder's name tells is there, and not only its entry in the system's table. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and another user's
  }
}

/** One that was killed and whose parent does not ask for its end, as in a container whose first process adopts nobody. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    // `pid (name) state …`; a name may have brackets in it.
    return /.*\) Z /su.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false; // a system that does not show it
  }
}
