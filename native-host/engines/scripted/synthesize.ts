import { AsideError } from '../../../protocol/errors.ts';
import type { BlockingSink, Synthesis } from '../engine.ts';
import { parseDirectives } from './directives.ts';
import { perform } from './misbehave.ts';
import type { Native } from './native.ts';
import { Stage } from './stage.ts';
import { createTone, SAMPLE_RATE_HZ } from './tone.ts';
import { scriptedVoices } from './voices.ts';
import { pieces } from './words.ts';

/** At rate 1; about what a real voice needs. */
const MS_PER_CHAR = 60;

/** Each word is one tone as long as the word has characters; nothing is between words. */
export function synthesize(synthesis: Synthesis, sink: BlockingSink, native: Native): void {
  const { voiceId, prosody } = synthesis;
  const voice = scriptedVoices.find(({ id }) => id === voiceId);
  if (!voice) throw voiceNotFound(voiceId);
  const tone = createTone(voice.frequencyHz * 2 ** (prosody.pitch / 12), prosody.volume);
  const stage = new Stage(sink);
  const { directives, spoken } = parseDirectives(synthesis.text);

  /** Performs the directives that stand before `charIndex`. */
  const performUntil = (charIndex: number): boolean => {
    while (directives[0] && directives[0].charIndex < charIndex) {
      const directive = directives.shift();
      if (directive && !perform(directive, stage, native)) return false;
    }
    return true;
  };

  for (const { kind, charIndex, charLength } of pieces(spoken)) {
    if (!performUntil(charIndex)) return;
    stage.boundary({ kind, charIndex, charLength, atMs: stage.atMs });
    if (kind === 'sentence') continue;
    if (stage.msPerWord > 0 && !stage.pause(stage.msPerWord)) return;
    const durationMs = (charLength * MS_PER_CHAR) / prosody.rate;
    if (!stage.audio(tone.samples(Math.round((durationMs / 1000) * SAMPLE_RATE_HZ)))) return;
  }
  performUntil(Number.POSITIVE_INFINITY);
}

function voiceNotFound(voiceId: string): AsideError {
  return new AsideError('voice-not-found', `the scripted engine has no voice ${JSON.stringify(voiceId)}`, {
    details: { voiceId },
    remedy: `Use one of: ${scriptedVoices.map(({ id }) => id).join(', ')}.`,
  });
}
