import { describe, expect, it } from 'vitest';
import type {
  EspeakBindings,
  EspeakEvent,
  EspeakUtterance,
  OnChunk,
} from '../../../../../native-host/engines/espeak/bindings.ts';
import { createEspeakEngine } from '../../../../../native-host/engines/espeak/espeak-engine.ts';
import { DEFAULT_PROSODY } from '../../../../../protocol/model/prosody.ts';
import { sinkOf } from '../../../../helpers/sink-of.ts';

const german = { identifier: 'gmw/de', name: 'German', languages: ['de'], gender: 1 };

/** Bindings that note what they are to speak, and speak as `speak` does. */
function createBindings(speak: (onChunk: OnChunk) => void = () => {}) {
  const spoken: EspeakUtterance[] = [];
  const bindings: EspeakBindings = {
    build: 'native',
    sampleRateHz: 22_050,
    voices: [german, { ...german, identifier: 'mb/mb-de1' }],
    synthesize(utterance, onChunk) {
      spoken.push(utterance);
      speak(onChunk);
    },
    close: () => {},
  };
  return { engine: createEspeakEngine(bindings), spoken };
}

const word = (position: number): EspeakEvent => ({ kind: 'word', position, length: 3, audioMs: position * 10 });

function request(text: string) {
  return { text, voiceId: 'espeak:gmw/de', prosody: DEFAULT_PROSODY };
}

/** A sink that notes what it gets, and says stop at the `stopAt`th piece of audio. */
function createSink(stopAt = Number.POSITIVE_INFINITY) {
  const log: string[] = [];
  let pieces = 0;
  const sink = sinkOf({
    audio(samples) {
      log.push(`audio ${samples.length}`);
      pieces += 1;
      return pieces < stopAt;
    },
    boundary: ({ kind, charIndex, atMs }) => log.push(`${kind} ${charIndex} at ${atMs}`),
  });
  return { sink, log };
}

describe('createEspeakEngine', () => {
  it('lists the voices that can speak', () => {
    const { engine } = createBindings();
    expect(engine.listVoices().map(({ id }) => id)).toEqual(['espeak:gmw/de']);
  });

  it('hands the library a text without commands, its own voice name and its own scales', () => {
    const { engine, spoken } = createBindings();
    void engine.synthesize({ ...request('a\x01b'), prosody: { rate: 2, pitch: 10, volume: 50 } }, createSink().sink);
    expect(spoken).toEqual([
      { text: 'a b', identifier: 'gmw/de', parameters: { rateWpm: 350, pitch: 99, volume: 50 } },
    ]);
  });

  it('delivers boundaries before the audio that they are in', () => {
    const { engine } = createBindings((onChunk) => {
      onChunk(new Int16Array(5), [word(1)]);
      onChunk(new Int16Array(6), []);
      onChunk(new Int16Array(7), [word(5), word(9)]);
    });
    const { sink, log } = createSink();
    void engine.synthesize(request('one two six'), sink);
    expect(log).toEqual(['word 0 at 10', 'audio 5', 'audio 6', 'word 4 at 50', 'word 8 at 90', 'audio 7']);
  });

  it('looks for no sentence that the sink does not want', () => {
    const { engine } = createBindings((onChunk) => {
      onChunk(new Int16Array(5), [{ ...word(1), kind: 'sentence' }, word(1)]);
    });
    const { sink, log } = createSink();
    void engine.synthesize(request('one two six'), { ...sink, wantsSentences: false });
    expect(log).toEqual(['word 0 at 10', 'audio 5']);
    void engine.synthesize(request('one two six'), sink);
    expect(log.slice(2)).toEqual(['sentence 0 at 10', 'word 0 at 10', 'audio 5']);
  });

  it('tells the library to stop when the sink does', () => {
    const answers: boolean[] = [];
    const { engine } = createBindings((onChunk) => {
      for (let i = 0; i < 3; i++) answers.push(onChunk(new Int16Array(1), []));
    });
    void engine.synthesize(request('one'), createSink(2).sink);
    expect(answers.slice(0, 2)).toEqual([true, false]);
  });

  it.each(['', ' \t\r\n', '\0\x01', '\ud800', '\u3000'])('does not bother the library with %j', (text) => {
    const { engine, spoken } = createBindings();
    const { sink, log } = createSink();
    void engine.synthesize(request(text), sink);
    expect([spoken, log]).toEqual([[], []]);
  });

  it.each(['espeak:gmw/en', 'espeak:mb/mb-de1', 'gmw/de', 'constructor'])('has no voice %s', (voiceId) => {
    const { engine } = createBindings();
    expect(() => engine.synthesize({ ...request('one'), voiceId }, createSink().sink)).toThrowError(
      expect.objectContaining({
        code: 'voice-not-found',
        message: expect.stringContaining(voiceId),
        details: { voiceId },
      }),
    );
  });
});
