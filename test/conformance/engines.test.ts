import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../native-host/engines/engine.ts';
import type { EspeakBindings } from '../../native-host/engines/espeak/bindings.ts';
import { createEspeakEngine } from '../../native-host/engines/espeak/espeak-engine.ts';
import { createNativeBindings } from '../../native-host/engines/espeak/native-bindings.ts';
import { toParameters } from '../../native-host/engines/espeak/prosody.ts';
import { createWasmBindings } from '../../native-host/engines/espeak/wasm-bindings.ts';
import { loadScripted } from '../../native-host/engines/scripted/load-scripted.ts';
import { DEFAULT_PROSODY } from '../../protocol/model/prosody.ts';
import { checkBoundaries } from '../helpers/check-boundaries.ts';
import { startHostedEngine } from '../helpers/hosted-engine.ts';
import { findWhyNoNativeEspeak } from '../helpers/native-espeak.ts';
import { type Recording, record, summarise, wordsIn } from '../helpers/record.ts';
import { findWhyNoSapi, sapiEnv } from '../helpers/sapi-here.ts';
import { engineConformance } from './engine-conformance.ts';

const loadWith = (createBindings: () => Promise<EspeakBindings>) => async (): Promise<Engine> =>
  createEspeakEngine(await createBindings());
const loadNative = loadWith(createNativeBindings);
const loadWasm = loadWith(createWasmBindings);

const whyNoNative = await findWhyNoNativeEspeak();

engineConformance('scripted', loadScripted);
engineConformance('espeak (wasm)', loadWasm);
espeakConformance('wasm', createWasmBindings);

if (whyNoNative === undefined) {
  engineConformance('espeak (native)', loadNative);
  espeakConformance('native', createNativeBindings);
  buildsConformance();
} else {
  it('espeak (native) keeps the promises of an engine', ({ skip }) => skip(whyNoNative));
}

const whyNoSapi = findWhyNoSapi();

if (whyNoSapi === undefined) {
  for (const route of ['audio', 'stream']) {
    engineConformance(`sapi (route ${route}, in a host)`, () =>
      startHostedEngine('sapi', { ...sapiEnv, ASIDE_SAPI_ROUTE: route }),
    );
  }
} else {
  it('sapi keeps the promises of an engine', ({ skip }) => skip(whyNoSapi));
}

/** What holds for espeak only, on either build. */
function espeakConformance(build: string, createBindings: () => Promise<EspeakBindings>): void {
  describe(`espeak (${build})`, () => {
    let bindings: EspeakBindings;
    let engine: Engine;
    beforeAll(async () => {
      bindings = await createBindings();
      engine = createEspeakEngine(bindings);
    });
    afterAll(() => engine?.close());

    it('hands on the status with which the library refuses', () => {
      const utterance = { text: 'One.', identifier: 'no/such', parameters: toParameters(DEFAULT_PROSODY) };
      expect(() => bindings.synthesize(utterance, () => true)).toThrowError(
        expect.objectContaining({ code: 'synthesis', details: { engine: 'espeak', nativeCode: 2 } }),
      );
    });

    const speak = (text: string, voiceId = 'espeak:gmw/en-US', stopAt?: number) =>
      record(engine, { text, voiceId, prosody: { ...DEFAULT_PROSODY, rate: 2.5 } }, stopAt);

    it.each(['gmw/en-US', 'gmq/is', 'zls/mk', 'grk/grc', 'ko', 'jpx/ja', 'tai/th'])(
      'survives words of any length in voice %s',
      async (name) => {
        for (const unit of ['x', 'a.', 'a . ', 'я', '각', 'カ', 'สวัสดี', '1', "a'"]) {
          const text = `U.S.A.${unit.repeat(200)} end`;
          checkBoundaries(text, await speak(text, `espeak:${name}`));
        }
      },
    );

    it('delivers a megabyte without a space as it goes, and stops in the middle', async () => {
      for (const unit of ['x', '你', 'มา']) {
        const text = unit.repeat(1_000_000 / unit.length);
        const recording = await speak(text, undefined, engine.sampleRateHz);
        expect(recording.samples.length / engine.sampleRateHz).toBeLessThan(5);
        checkBoundaries(text, recording);
      }
    });

    it('repeats itself in voices with breath, which is made of random numbers', async () => {
      const first = summarise(await speak('Labdien, pasaule!', 'espeak:bat/lv'));
      await speak('Un vēl kaut kas cits.', 'espeak:bat/ltg');
      expect(summarise(await speak('Labdien, pasaule!', 'espeak:bat/lv'))).toEqual(first);
    });

    it('reports nine words in ten of ordinary text, and nothing that is not a word or a symbol', async () => {
      const text =
        'It was the best of times, it was the worst of times. "Don\'t go," she said; "the well-known Mr. O\'Neill ' +
        'won\'t be long." He paid $5.50 on 3 May 1999 — or was it 1998? In the end, 1,234 people (and a dog) came to ' +
        "the town's square. “Nobody knows,” he’d told them, ‘quite honestly’, at 10:30 a.m. in the U.S.A.!";
      const inText = [...text.matchAll(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu)].map(([word]) => word);
      const reported = wordsIn(text, (await speak(text)).boundaries);
      expect(reported.filter((word) => !inText.includes(word) && word !== '$')).toEqual([]);
      expect(reported.length / inText.length).toBeGreaterThan(0.9);
    });
  });
}

/** Whoever saved a voice or a position with one build can use it with the other. */
function buildsConformance(): void {
  describe('the two builds of espeak', () => {
    let native: Engine;
    let wasm: Engine;
    beforeAll(async () => {
      native = await loadNative();
      wasm = await loadWasm();
    });
    afterAll(async () => {
      await native?.close();
      await wasm?.close();
    });

    function speakWithBoth(text: string, voiceId = 'espeak:gmw/en-US'): Promise<Recording[]> {
      return Promise.all([native, wasm].map((engine) => record(engine, { text, voiceId, prosody: DEFAULT_PROSODY })));
    }

    it.each([
      'en-US',
      'en-GB',
      'de',
      'fr-FR',
      'es',
      'it',
      'pt-BR',
      'nl',
      'pl',
      'ru',
      'tr',
      'zh',
      'ja',
      'ko',
      'ar',
      'he',
      'hi',
    ])('know the same voices for %s', (language) => {
      const [inNative, inWasm] = [native, wasm].map((engine) =>
        engine.listVoices().filter((voice) => voice.language === language),
      );
      expect(inNative?.length).toBeGreaterThan(0);
      expect(inWasm).toEqual(expect.arrayContaining(inNative ?? []));
    });

    it('have the same voices but for those of a newer version', () => {
      const [inNative, inWasm] = [native, wasm].map((engine) => new Set(engine.listVoices().map(({ id }) => id)));
      const common = [...(inNative ?? [])].filter((id) => inWasm?.has(id));
      expect(common.length).toBeGreaterThan(0.9 * Math.max(inNative?.size ?? 0, inWasm?.size ?? 0));
    });

    it.each([
      "It was the best of times; it wasn't the worst. “Don't go,” said Dr. Smith at 10:30.",
      'The well-known e-mail costs $5.50, or 1,234 pounds. See https://example.com 😀!',
    ])('find the same words in %j', async (text) => {
      const [inNative, inWasm] = await speakWithBoth(text);
      expect(wordsIn(text, inWasm?.boundaries ?? [])).toEqual(wordsIn(text, inNative?.boundaries ?? []));
      expect(inNative?.boundaries.length).toBeGreaterThan(10);
    });

    it.each(['Hello', 'Hello.', 'Hello,', 'Hello!\n\n', '(Hello)', 'I have 3 dogs', 'What?! '])(
      'pause about as long after %j',
      async (text) => {
        const [nativeMs, wasmMs] = (await speakWithBoth(text)).map(
          ({ samples }) => (samples.length / native.sampleRateHz) * 1000,
        );
        expect(Math.abs((nativeMs ?? 0) - (wasmMs ?? 0))).toBeLessThan(60);
      },
    );

    it('pause longer after a sentence than after a comma', async () => {
      for (const [index] of [native, wasm].entries()) {
        const sentence = (await speakWithBoth('Hello.'))[index]?.samples.length ?? 0;
        const comma = (await speakWithBoth('Hello,'))[index]?.samples.length ?? 0;
        expect(sentence).toBeGreaterThan(comma);
      }
    });
  });
}
