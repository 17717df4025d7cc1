import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { LibrarySource, NativeLibrary } from '../../native-host/engines/espeak/native-library.ts';
import { loadKoffi } from '../../native-host/runtime/load-koffi.ts';

const koffi = loadKoffi();
const callbackType = koffi.pointer(koffi.proto('int', ['void *', 'int', 'void *']));
const TEXT = Buffer.from('Hello, 25 times: Wie geht es? Привет. Bonjour, 你好, the end of 1999!\0');

/** Runs `use` with the library, started as the engine does it. */
export function withLibrary<T>(source: LibrarySource, use: (library: NativeLibrary) => T): T {
  const library = source.take();
  expect(library.initialize(2, 200, null, 0x8000)).toBe(22_050);
  try {
    return use(library);
  } finally {
    library.terminate();
    source.giveBack();
  }
}

/** Of the samples that the chosen voice makes of a text. */
export function spoken(
  source: LibrarySource,
  choose: (library: NativeLibrary) => number,
): { samples: number; sha256: string } {
  const hash = createHash('sha256');
  let samples = 0;
  withLibrary(source, (library) => {
    const callback = koffi.register((address: bigint | null, count: number) => {
      if (address === null || count === 0) return 0;
      samples += count;
      hash.update(new Uint8Array(koffi.decode(address, 'int16_t', count).buffer));
      return 0;
    }, callbackType);
    library.setSynthCallback(callback);
    expect(choose(library)).toBe(0);
    library.synth(TEXT, TEXT.length, 0, 1, 0, 0x1001, null, null);
    koffi.unregister(callback);
  });
  return { samples, sha256: hash.digest('hex') };
}
