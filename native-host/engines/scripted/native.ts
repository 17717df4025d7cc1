import process from 'node:process';

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
