import process from 'node:process';
import { AsideError } from '../../../protocol/errors.ts';

/** Calls that only native code can make: they block or end the process whatever JavaScript thinks of it. */
export interface Native {
  /** Blocks the calling thread inside one native call. */
  sleep(durationMs: number): void;
  /** Ends the process, not just the thread. */
  exit(code: number): void;
}

/** Through the C library, on Windows through kernel32. Rejects where koffi cannot load. */
export async function loadNative(): Promise<Native> {
  const { default: koffi } = await import('koffi');
  if (process.platform === 'win32') {
    const kernel32 = koffi.load('kernel32.dll');
    return {
      sleep: kernel32.func('void __stdcall Sleep(uint32_t)'),
      exit: kernel32.func('void __stdcall ExitProcess(uint32_t)'),
    };
  }
  const libc = koffi.load(null);
  const usleep = libc.func('int usleep(uint32_t)');
  return { sleep: (durationMs) => usleep(durationMs * 1000), exit: libc.func('void _exit(int)') };
}

/** In its place where koffi cannot load: all but the two directives that need it works. */
export function withoutNative(why: unknown): Native {
  const refuse = (): never => {
    throw new AsideError('engine-unavailable', `this directive needs native calls: ${String(why)}`, {
      details: { engine: 'scripted' },
      remedy: 'Install the koffi package for this system.',
    });
  };
  return { sleep: refuse, exit: refuse };
}
