import process from 'node:process';
import { afterAll, expect, it } from 'vitest';
import { chooseVoice } from '../../../native-host/engines/espeak/choose-voice.ts';
import {
  holdSoundLibraries,
  libraryCandidates,
  openLibrary,
} from '../../../native-host/engines/espeak/native-library.ts';
import { listNativeVoices } from '../../../native-host/engines/espeak/native-voices.ts';
import { loadKoffi } from '../../../native-host/runtime/load-koffi.ts';
import { spoken, withLibrary } from '../../helpers/espeak-library.ts';
import { findWhyNoNativeEspeak } from '../../helpers/native-espeak.ts';

const whyNot = (await findWhyNoNativeEspeak()) ?? (process.platform === 'linux' ? undefined : 'needs Linux');
const koffi = loadKoffi();
const letGo = holdSoundLibraries(koffi);
const source = openLibrary(koffi, libraryCandidates()[0] ?? '', false);
afterAll(letGo);

it('a voice that is chosen by its file speaks as one that is chosen by its name', ({ skip }) => {
  if (whyNot !== undefined) skip(whyNot);
  const identifiers = withLibrary(source, (library) => listNativeVoices(koffi, library)).map(
    ({ identifier }) => identifier,
  );
  const mixed = identifiers.filter((identifier) => identifier !== identifier.toLowerCase());
  expect(mixed).toContain('gmw/en-US');
  for (const identifier of mixed) {
    const byFile = spoken(source, (library) => chooseVoice({ ...library, setVoiceByName: () => -1 }, identifier));
    expect(byFile.samples).toBeGreaterThan(22_050);
    expect(byFile, identifier).toEqual(spoken(source, (library) => library.setVoiceByName(identifier)));
  }
});
