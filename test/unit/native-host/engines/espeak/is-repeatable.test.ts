import { describe, expect, it } from 'vitest';
import type { EspeakBindings } from '../../../../../native-host/engines/espeak/bindings.ts';
import { isRepeatable } from '../../../../../native-host/engines/espeak/is-repeatable.ts';

function bindingsThatSay(sampleOf: (utterance: number) => number): EspeakBindings {
  let utterances = 0;
  return {
    build: 'native',
    sampleRateHz: 22_050,
    voices: [{ identifier: 'gmw/de', name: 'German', languages: ['de'], gender: 1 }],
    synthesize(_, onChunk) {
      utterances += 1;
      onChunk(Int16Array.of(1, 2), []);
      onChunk(Int16Array.of(sampleOf(utterances)), []);
    },
    close: () => {},
  };
}

describe('isRepeatable', () => {
  it('is true of a library that says the same twice', () => {
    expect(isRepeatable(bindingsThatSay(() => 7))).toBe(true);
  });

  it('is false of a library that remembers what it said', () => {
    expect(isRepeatable(bindingsThatSay((utterance) => utterance))).toBe(false);
  });
});
