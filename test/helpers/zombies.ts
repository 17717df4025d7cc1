import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** Children of this process that have ended and that nobody has waited for, by pid. Linux only. */
export function zombies(): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => isZombieOfOurs(pid))
    .map(Number);
}

function isZombieOfOurs(pid: string): boolean {
  try {
    // `pid (name) state ppid …`: the name may hold anything, also brackets.
    const [, state, parentPid] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').split(' ');
    return state === 'Z' && Number(parentPid) === process.pid;
  } catch {
    return false; // It ended between the two looks.
  }
}
