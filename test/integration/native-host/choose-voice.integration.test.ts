import { createHash } from 'node:crypto';
import process from 'node:process';
import { afterAll, expect, it } from 'vitest';
import { chooseVoice } from '../../../native-host/engines/espeak/choose-voice.ts';
import {
  holdSoundLibraries,
  libraryCandidates,
  libraryOpener,
  type NativeLibrary,
} from '../../../native-host/engines/espeak/native-library.ts';
import { listNativeVoices } from '../../../native-host/engines/espeak/native-voices.ts';
import { loadKoffi } from '../../../native-host/runtime/load-koffi.ts';
import { findWhyNoNativeEspeak } from '../../helpers/native-espeak.ts';

const whyNot = (await findWhyNoNativeEspeak()) ?? (process.platform === 'linux' ? undefined : 'needs Linux');
const koffi = loadKoffi();
const letGo = holdSoundLibraries(koffi);
const callbackType = koffi.pointer(koffi.proto('int', ['void *', 'int', 'void *']));
const TEXT = Buffer.from('Hello, 25 times: Wie geht es? Привет. Bonjour, 你好, the end of 1999!\0');

afterAll(letGo);

const open = libraryOpener(koffi, libraryCandidates()[0] ?? '');

function withLibrary<T>(use: (library: NativeLibrary) => T): T {
  const library = open();
  expect(library.initialize(2, 200, null, 0x8000)).toBe(22_050);
  try {
    return use(library);
  } finally {
    library.terminate();
    library.unload();
  }
}

/** Of the samples that the chosen voice makes of the text. */
function spoken(choose: (library: NativeLibrary) => number): { samples: number; sha256: string } {
  const hash = createHash('sha256');
  let samples = 0;
  withLibrary((library) => {
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

it('a voice that is chosen by its file speaks as one that is chosen by its name', ({ skip }) => {
  if (whyNot !== undefined) skip(whyNot);
  const identifiers = withLibrary((library) => listNativeVoices(koffi, library)).map(({ identifier }) => identifier);
  const mixed = identifiers.filter((identifier) => identifier !== identifier.toLowerCase());
  expect(mixed).toContain('gmw/en-US');
  for (const identifier of mixed) {
    const byFile = spoken((library) => chooseVoice({ ...library, setVoiceByName: () => -1 }, identifier));
    expect(byFile.samples).toBeGreaterThan(22_050);
    expect(byFile, identifier).toEqual(spoken((library) => library.setVoiceByName(identifier)));
  }
});
