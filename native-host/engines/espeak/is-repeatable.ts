import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import type { EspeakBindings } from './bindings.ts';
import { toParameters } from './prosody.ts';

/**
 * Whether the same text gives the same samples twice. A library that is not reset in between fails with near certainty
 * on the first vowel. It is also the rehearsal after which the first real utterance is as fast as the next.
 */
export function isRepeatable(bindings: EspeakBindings): boolean {
  const identifier = bindings.voices[0]?.identifier ?? '';
  const utterance = { text: 'Once more.', identifier, parameters: toParameters(DEFAULT_PROSODY) };
  const record = (): Buffer => {
    const chunks: Buffer[] = [];
    bindings.synthesize(utterance, (samples) => chunks.push(Buffer.from(Int16Array.from(samples).buffer)) > 0);
    return Buffer.concat(chunks);
  };
  return record().equals(record());
}
