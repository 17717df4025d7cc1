import process from 'node:process';
import { ExitCode, endAtOnce, endThroughLibc } from './end-process.ts';
import { loadLibc } from './libc.ts';
import { watchParent } from './orphan-watch.ts';
import type { ParentPort } from './parent-port.ts';

/** What needs the C library; each has a second line of defence where koffi cannot load. Never throws. */
export function guardProcess(port: ParentPort, parentPid: number): void {
  if (process.platform === 'win32') return;
  try {
    const libc = loadLibc();
    endThroughLibc(libc);
    libc.duplicate(2, 1);
    const onOrphaned = () => endAtOnce(ExitCode.done, 'its parent was gone before it began');
    if (!port.endsWithParent) watchParent(libc, parentPid, onOrphaned);
  } catch (error) {
    process.stderr.write(`aside host ${process.pid}: goes on without the C library: ${describe(error)}\n`);
  }
}

/** A host with a defect ends and is replaced; Electron would let it live on after an unhandled rejection. */
export function endOnDefects(): void {
  process.on('uncaughtException', (error) => endAtOnce(ExitCode.defect, describe(error)));
  process.on('unhandledRejection', (reason) => endAtOnce(ExitCode.defect, describe(reason)));
}

export function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
