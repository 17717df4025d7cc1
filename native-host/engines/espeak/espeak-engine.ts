import { AsideError } from '../../../protocol/errors.ts';
import type { Engine } from '../engine.ts';
import type { EspeakBindings } from './bindings.ts';
import { BoundaryLocator } from './boundary-locator.ts';
import { breakLongWords } from './break-long-words.ts';
import { toParameters } from './prosody.ts';
import { toSpeakable } from './speakable-text.ts';
import { speakingVoices, toVoice } from './voices.ts';

/** The engine `espeak` on either build of the library: the same voices and positions, nearly the same sound. */
export function createEspeakEngine(bindings: EspeakBindings): Engine {
  const voices = speakingVoices(bindings.voices);
  return {
    id: 'espeak',
    sampleRateHz: bindings.sampleRateHz,
    listVoices: () => [...voices.values()].map(toVoice),
    synthesize({ text, voiceId, prosody }, sink) {
      const voice = voices.get(voiceId);
      if (!voice) throw voiceNotFound(voiceId, bindings.build);
      const speakable = toSpeakable(text);
      if (speakable.trim() === '') return;
      const spoken = breakLongWords(speakable);
      const locator = new BoundaryLocator(speakable, spoken);
      const utterance = { text: spoken.text, identifier: voice.identifier, parameters: toParameters(prosody) };
      bindings.synthesize(utterance, (samples, events) => {
        for (const event of events) {
          if (event.kind === 'sentence' && sink.wantsSentences === false) continue;
          const boundary = locator.locate(event);
          if (boundary) sink.boundary(boundary);
        }
        return sink.audio(samples);
      });
    },
    close: () => bindings.close(),
  };
}

function voiceNotFound(voiceId: string, build: EspeakBindings['build']): AsideError {
  return new AsideError('voice-not-found', `eSpeak NG (${build}) has no voice ${JSON.stringify(voiceId)}`, {
    details: { voiceId },
    remedy: 'Choose another voice.',
  });
}
