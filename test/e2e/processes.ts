import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Program and arguments; where the system does not tell, its name. */
  readonly command: string;
}

/** Everything that runs below `pid` now, in the order of their ids: those that were started first come first. */
export function descendants(pid: number): Process[] {
  const all = processTable();
  const below = (parent: number): Process[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid).sort((a, b) => a.pid - b.pid);
}

/** Ids of the native hosts below `pid` that speak with `engine`, the oldest first. */
export function hostsBelow(pid: number, engine: string): number[] {
  return descendants(pid)
    .filter(({ command }) => command.includes(`--engine ${engine}`))
    .map((host) => host.pid);
}

function processTable(): Process[] {
  if (process.platform === 'linux') return readProc();
  const lines =
    process.platform === 'win32'
      ? execFileSync('powershell', ['-NoProfile', '-Command', WINDOWS_TABLE], { encoding: 'utf8' })
      : execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return lines.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s*(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

const WINDOWS_TABLE =
  'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.CommandLine)" }';

/** Without `ps`, which small systems do not have. */
function readProc(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // `pid (name) state parent …`: the name may hold anything, also brackets.
        const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return []; // It ended while we looked.
      }
    });
}
