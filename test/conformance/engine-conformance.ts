import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Synthesis } from '../../native-host/engines/engine.ts';
import { SampleRateHz } from '../../protocol/model/pcm.ts';
import { DEFAULT_PROSODY } from '../../protocol/model/prosody.ts';
import { Voice } from '../../protocol/model/voice.ts';
import { checkBoundaries } from '../helpers/check-boundaries.ts';
import { difficultText } from '../helpers/difficult-text.ts';
import { hashSamples, loudness, type Recording, record, slice, summarise, wordsIn } from '../helpers/record.ts';
import { sinkOf } from '../helpers/sink-of.ts';

const SENTENCE = 'Seven quick foxes jumped, while lazy dogs slept.';
const SENTENCE_WORDS = ['Seven', 'quick', 'foxes', 'jumped', 'while', 'lazy', 'dogs', 'slept'];

/** Whatever speaks must keep these promises of `engine.ts`, `boundary.ts` and `prosody.ts`. */
export function engineConformance(name: string, makeEngine: () => Promise<Engine>): void {
  describe(`${name} engine`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await makeEngine();
    });
    afterAll(() => engine?.close());

    /** A voice for the language, or any where the engine has none. */
    function voiceFor(language: string): string {
      const voices = engine.listVoices();
      const voice = voices.find((voice) => voice.language === language) ?? voices[0];
      return voice?.id ?? 'none';
    }

    function speak(text: string, how: Partial<Synthesis> & { stopAt?: number } = {}): Promise<Recording> {
      const { stopAt, ...synthesis } = how;
      return record(engine, { text, voiceId: voiceFor('en-US'), prosody: DEFAULT_PROSODY, ...synthesis }, stopAt);
    }

    async function wordsOf(text: string, language = 'en-US'): Promise<string[]> {
      return wordsIn(text, (await speak(text, { voiceId: voiceFor(language) })).boundaries);
    }

    describe('as listed', () => {
      it('has a sample rate that the contract allows', () => {
        expect(SampleRateHz.safeParse(engine.sampleRateHz).success).toBe(true);
      });

      it('has voices that the contract allows, each of this engine', () => {
        for (const voice of engine.listVoices()) expect(Voice.parse(voice).engine).toBe(engine.id);
      });

      it('has at least one voice, and no id twice', () => {
        const ids = engine.listVoices().map(({ id }) => id);
        expect(ids.length).toBeGreaterThan(0);
        expect(new Set(ids).size).toBe(ids.length);
      });

      it('lets every voice say a word', async () => {
        const silent: string[] = [];
        for (const { id } of engine.listVoices()) {
          const { samples } = await speak('Hello', { voiceId: id });
          if (loudness(samples) === 0) silent.push(id);
        }
        expect(silent).toEqual([]);
      });

      it('has no voice that is not listed, and says which', async () => {
        const voiceId = `${engine.id}:no such voice`;
        await expect(speak('One.', { voiceId })).rejects.toMatchObject({
          code: 'voice-not-found',
          message: expect.stringContaining(voiceId),
          details: { voiceId },
        });
      });
    });

    describe('at the bounds of a text', () => {
      it('makes nothing of no text', async () => {
        expect(await speak('')).toMatchObject({ samples: new Int16Array(0), boundaries: [] });
      });

      it.each([' ', '\n', '\t \r\n\r\n ', '\u3000', '\0', '\ud800', '...', '?!', '—', '"', '\u200b'])(
        'finds no words in %j',
        async (text) => {
          expect(await wordsOf(text)).toEqual([]);
        },
      );

      it('delivers a megabyte in one line as it goes, and stops in the middle', async () => {
        const text = `${SENTENCE} `.repeat(22_000);
        const { samples, sampleRateHz, boundaries } = await speak(text, { stopAt: 5 * engine.sampleRateHz });
        expect(samples.length / sampleRateHz).toBeLessThan(10);
        expect(wordsIn(text, boundaries).slice(0, SENTENCE_WORDS.length)).toEqual(SENTENCE_WORDS);
      });
    });

    describe('on positions', () => {
      it('finds the words of a sentence in order', async () => {
        expect(await wordsOf(SENTENCE)).toEqual(SENTENCE_WORDS);
      });

      it.each([
        ['surrogate pairs', 'en-US', 'A 𝒳 makes 𝒴 true.', ['A', '𝒳', 'makes', '𝒴', 'true']],
        ['emoji', 'en-US', 'A 😀 smile 👩‍👩‍👧 family.', ['A', '😀', 'smile', '👩‍👩‍👧', 'family']],
        ['combining marks', 'en-US', 'e\u0301te\u0301 cafe\u0301 naïve', ['e\u0301te\u0301', 'cafe\u0301', 'naïve']],
        ['CRLF', 'en-US', 'One\r\ntwo\r\n\r\nthree\r\n', ['One', 'two', 'three']],
        ['a lone carriage return', 'en-US', 'One\rtwo', ['One', 'two']],
        ['Chinese', 'zh', '你好，世界。', ['你好', '世界']],
        ['Arabic', 'ar', 'مرحبا بالعالم. كيف حالك؟', ['مرحبا', 'بالعالم', 'كيف', 'حالك']],
        ['Hebrew', 'he', 'שלום עולם.', ['שלום', 'עולם']],
        ['half a pair', 'en-US', 'one \ud83d two \ude00 three', ['one', 'two', 'three']],
        ['control characters', 'en-US', 'one \0 two \x01 three \x7f four', ['one', 'two', 'three', 'four']],
        ['contractions', 'en-US', "You don't know O'Neill.", ['You', "don't", 'know', "O'Neill"]],
      ])('is right about %s', async (_, language, text, words) => {
        expect(await wordsOf(text, language)).toEqual(words);
      });

      it('ends the audio soon after the last word, and not before it', async () => {
        const { samples, sampleRateHz, boundaries } = await speak(SENTENCE);
        const restMs = (samples.length / sampleRateHz) * 1000 - (boundaries.at(-1)?.atMs ?? 0);
        expect(restMs).toBeGreaterThan(100);
        expect(restMs).toBeLessThan(2_000);
      });

      it('announces each sentence before its first word', async () => {
        const { boundaries } = await speak('First things first. Second things second. Third?');
        const order = boundaries.map(({ kind, charIndex }) => `${kind} ${charIndex}`);
        for (const start of [0, 20, 42]) {
          expect(order.indexOf(`sentence ${start}`)).toBeGreaterThanOrEqual(0);
          expect(order.indexOf(`sentence ${start}`)).toBe(order.indexOf(`word ${start}`) - 1);
        }
      });

      it('keeps every boundary of any text inside the text, in order, and before the audio it is in', async () => {
        const languages = ['en-US', 'zh', 'ja', 'ar', 'he', 'ru', 'hi', 'de'];
        await fc.assert(
          fc.asyncProperty(difficultText, fc.constantFrom(...languages), async (text, language) => {
            checkBoundaries(text, await speak(text, { voiceId: voiceFor(language) }));
          }),
          { seed: 20, numRuns: 60 },
        );
      });
    });

    describe('on markup', () => {
      it.each([
        ['tags', 'one <b>two</b> three', ['one', 'b', 'two', 'b', 'three']],
        ['entities', 'one &amp; two &#65; three', ['one', 'amp', 'two', '65', 'three']],
        ['breaks', 'one <break time="9s"/> two', ['one', 'break', 'two']],
        ['phonemes', 'one [[h@l@U]] two', ['one', 'h', 'l', 'U', 'two']],
      ])('reads %s as text', async (_, text, words) => {
        const { boundaries, samples, sampleRateHz } = await speak(text);
        expect(boundaries.map((boundary) => slice(text, boundary))).toEqual(expect.arrayContaining(words));
        expect(samples.length / sampleRateHz).toBeLessThan(9);
      });

      it('makes nothing of control characters but space', async () => {
        const withThem = await speak('One \x01 +90S two \x02 three.');
        expect(summarise(withThem)).toEqual(summarise(await speak('One   +90S two   three.')));
      });
    });

    describe('on repetition', () => {
      it('makes the same audio and boundaries of the same text', async () => {
        expect(summarise(await speak(SENTENCE))).toEqual(summarise(await speak(SENTENCE)));
      });

      it('does not remember other texts, voices and prosodies', async () => {
        const first = summarise(await speak(SENTENCE));
        for (const { id } of engine.listVoices().slice(0, 5)) {
          await speak('Something else, 1234 times louder!', {
            voiceId: id,
            prosody: { rate: 2, pitch: 9, volume: 10 },
          });
          expect(summarise(await speak(SENTENCE))).toEqual(first);
        }
      });

      it('makes the same audio of the same text in a second engine', async () => {
        const first = summarise(await speak(SENTENCE));
        const second = await makeEngine();
        try {
          const synthesis = { text: SENTENCE, voiceId: voiceFor('en-US'), prosody: DEFAULT_PROSODY };
          expect(summarise(await record(second, synthesis))).toEqual(first);
        } finally {
          await second.close();
        }
      });
    });

    describe('on stopping', () => {
      it('makes no more audio when it is told to stop, at any moment, and is unharmed', async () => {
        const text = `${SENTENCE} `.repeat(4);
        const whole = await speak(text);
        await fc.assert(
          fc.asyncProperty(fc.nat({ max: whole.samples.length - 1 }), async (stopAt) => {
            const part = await speak(text, { stopAt });
            expect(part.audioAfterStop).toBe(0);
            expect(hashSamples(part.samples)).toBe(hashSamples(whole.samples.subarray(0, part.samples.length)));
            expect(part.boundaries).toEqual(whole.boundaries.slice(0, part.boundaries.length));
          }),
          { seed: 21, numRuns: 15 },
        );
        expect(summarise(await speak(text))).toEqual(summarise(whole));
      });

      it('ends with the error of a sink that fails, and is unharmed', async () => {
        const before = summarise(await speak(SENTENCE));
        const failure = new Error('disk full');
        const sink = sinkOf({
          audio: () => {
            throw failure;
          },
          boundary: () => {},
        });
        const synthesis = { text: SENTENCE, voiceId: voiceFor('en-US'), prosody: DEFAULT_PROSODY };
        await expect((async () => engine.synthesize(synthesis, sink))()).rejects.toBe(failure);
        expect(summarise(await speak(SENTENCE))).toEqual(before);
      });
    });

    describe('on prosody', () => {
      const prosody = (change: Partial<typeof DEFAULT_PROSODY>) => ({ prosody: { ...DEFAULT_PROSODY, ...change } });

      it('takes less time at a higher rate', async () => {
        const lengths: number[] = [];
        for (const rate of [0.5, 0.75, 1, 1.5, 2, 2.5]) {
          lengths.push((await speak(SENTENCE, prosody({ rate }))).samples.length);
        }
        expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
        expect(new Set(lengths).size).toBe(lengths.length);
      });

      it('takes every rate that the contract allows', async () => {
        const [slowest, half, double, fastest] = await Promise.all(
          [0.33, 0.5, 2, 3].map(async (rate) => (await speak(SENTENCE, prosody({ rate }))).samples.length),
        );
        expect(slowest).toBeGreaterThanOrEqual(half ?? 0);
        expect(fastest).toBeLessThanOrEqual(double ?? 0);
      });

      it('sounds different at each pitch', async () => {
        const sounds = new Set<string>();
        for (const pitch of [-10, -5, 0, 5, 10]) {
          sounds.add(hashSamples((await speak(SENTENCE, prosody({ pitch }))).samples));
        }
        expect(sounds.size).toBe(5);
      });

      it('is quieter at a lower volume, and silent at none', async () => {
        const [none, half, full] = await Promise.all(
          [0, 50, 100].map(async (volume) => loudness((await speak(SENTENCE, prosody({ volume }))).samples)),
        );
        expect(none).toBe(0);
        expect(half).toBeGreaterThan(0);
        expect(full).toBeGreaterThan((half ?? 0) * 1.5);
      });

      it('says the same words at every prosody', async () => {
        const { boundaries } = await speak(SENTENCE, { prosody: { rate: 3, pitch: -10, volume: 0 } });
        expect(wordsIn(SENTENCE, boundaries)).toEqual(SENTENCE_WORDS);
      });
    });
  });
}
