import { readFileSync } from 'node:fs';
import process from 'node:process';
import { afterAll, expect, it } from 'vitest';
import { rememberVariables } from '../../../native-host/engines/espeak/library-memory.ts';
import { libraryCandidates, openLibrary } from '../../../native-host/engines/espeak/native-library.ts';
import { loadKoffi } from '../../../native-host/runtime/load-koffi.ts';
import { spoken } from '../../helpers/espeak-library.ts';
import { findWhyNoNativeEspeak } from '../../helpers/native-espeak.ts';

const whyNot = (await findWhyNoNativeEspeak()) ?? (process.platform === 'linux' ? undefined : 'needs Linux');
const koffi = loadKoffi();
const [path = ''] = libraryCandidates();
const anew = openLibrary(koffi, path, false);
const staying = openLibrary(koffi, path, true);
afterAll(() => {
  anew.close();
  staying.close();
});

const isLoaded = (): boolean => /libespeak-ng/u.test(readFileSync('/proc/self/maps', 'utf8'));
/** With flutter, with breath, of other languages, and the first again. */
const VOICES = ['gmw/de', 'gmw/en-us', 'sit/cmn', 'gmw/en+whisper', 'zle/ru', 'gmw/de'];

it('a library whose variables are put back speaks as one that is loaded anew', ({ skip }) => {
  if (whyNot !== undefined) skip(whyNot);
  const speak = (source: typeof anew) =>
    VOICES.map((voice) => spoken(source, (library) => library.setVoiceByName(voice)));
  const expected = speak(anew);
  expect(isLoaded()).toBe(false);
  expect(speak(staying)).toEqual(expected);
  expect(isLoaded()).toBe(true);
  staying.close();
  expect(isLoaded()).toBe(false);
  expect(speak(staying)).toEqual(expected);
});

it('has nothing to put back where the system has no /proc: then the library is loaded anew', ({ skip }) => {
  if (whyNot !== undefined) skip(whyNot);
  const library = koffi.load(path);
  const address = library.symbol('espeak_Initialize');
  const remembered = [undefined, '/no/such/maps'].map((mapsPath) => rememberVariables(koffi, address, mapsPath));
  library.unload();
  expect(remembered).toEqual([expect.any(Function), null]);
});
