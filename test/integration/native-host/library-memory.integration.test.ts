import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import { rememberVariables } from '../../../native-host/engines/espeak/library-memory.ts';
import { createNativeBindings } from '../../../native-host/engines/espeak/native-bindings.ts';
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

it('one that does not start is loaded anew for the next text, since it may have been replaced with its data', async ({
  skip,
}) => {
  if (whyNot !== undefined) skip(whyNot);
  staying.close();
  const bindings = await createNativeBindings();
  const data = mkdtempSync(join(tmpdir(), 'espeak-data-'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    bindings.close();
    rmSync(data, { recursive: true });
  });
  const parameters = { rateWpm: 175, pitch: 50, volume: 100 };
  const speak = (): void => bindings.synthesize({ text: 'Hello.', identifier: 'gmw/en-US', parameters }, () => true);
  speak();
  expect(isLoaded()).toBe(true);
  mkdirSync(join(data, 'espeak-ng-data'));
  vi.stubEnv('ESPEAK_DATA_PATH', data); // data that it does not understand
  expect(speak).toThrow(expect.objectContaining({ code: 'engine-unavailable' }));
  expect(isLoaded()).toBe(false);
  vi.unstubAllEnvs();
  speak();
});
