import type { Koffi } from '../../runtime/load-koffi.ts';
import type { EspeakVoice } from './bindings.ts';
import type { NativeLibrary } from './native-library.ts';

/** espeak_ListVoices(NULL): every voice but variants and, unless their data is installed, MBROLA's. */
export function listNativeVoices(koffi: Koffi, library: NativeLibrary): EspeakVoice[] {
  const voiceType = koffi.struct({
    name: 'const char *',
    languages: 'void *',
    identifier: 'const char *',
    gender: 'uint8_t',
    age: 'uint8_t',
    variant: 'uint8_t',
    xx1: 'uint8_t',
    score: 'int',
    spare: 'void *',
  });
  const voices: EspeakVoice[] = [];
  const list = library.listVoices(null);
  const pointerBytes = koffi.sizeof('void *');
  for (let offset = 0; list !== null; offset += pointerBytes) {
    const pointer: bigint | null = koffi.decode(list, offset, 'void *');
    if (!pointer) break;
    const { name, languages, identifier, gender } = koffi.decode(pointer, voiceType);
    voices.push({ name: name ?? '', identifier: identifier ?? '', gender, languages: listLanguages(koffi, languages) });
  }
  return voices;
}

/** A list of a priority byte and a string each; a priority of 0 ends it. */
function listLanguages(koffi: Koffi, list: bigint | null): string[] {
  const languages: string[] = [];
  for (let offset = 0; list !== null && koffi.decode(list, offset, 'uint8_t') !== 0; ) {
    const language = koffi.decode.string(list + BigInt(offset + 1));
    languages.push(language);
    offset += 1 + Buffer.byteLength(language) + 1;
  }
  return languages;
}
