import { z } from '../schema.ts';

/** Engines by id. `scripted` exists in tests only. */
export const EngineId = z.enum(['espeak', 'sapi', 'scripted']);
export type EngineId = z.infer<typeof EngineId>;

export const VoiceId = z.string().check(z.minLength(1), z.maxLength(200));

/** A voice that can speak here and now. */
export const Voice = z.strictObject({
  /** `<engine>:<engine's own name>`, stable between runs and machines, e.g. `espeak:gmw/en-US`. */
  id: VoiceId,
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  /** BCP-47, e.g. `en-US`. */
  language: z.string().check(z.minLength(1), z.maxLength(40)),
  gender: z.enum(['female', 'male', 'neutral', 'unknown']),
  engine: EngineId,
  /** These three only where the engine tells. */
  age: z.optional(z.enum(['child', 'teen', 'adult', 'senior'])),
  vendor: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** Which of the system's collections it is from. */
  source: z.optional(z.enum(['sapi', 'onecore'])),
});
export type Voice = z.infer<typeof Voice>;

/** Whether that id is of a voice of that engine, also when the voice is not here. */
export function isVoiceOf(voiceId: string, engine: string): boolean {
  return voiceId.startsWith(`${engine}:`);
}

/** What is remembered of a voice that was chosen, for the day on which it is gone. */
export const VoiceTraits = z.pick(Voice, { name: true, language: true });
export type VoiceTraits = z.infer<typeof VoiceTraits>;

/** The voice that was chosen is not among those that can speak here and now. */
export const VoiceReplacement = z.strictObject({
  /** The one that was chosen; it stays chosen. */
  voiceId: VoiceId,
  /** Its name; its id where only that is known. */
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  /** BCP-47; null where nobody knows. */
  language: z.nullable(z.string().check(z.minLength(1), z.maxLength(40))),
  /** The voice of the same language that speaks in its place; null: none does, and nothing is spoken. */
  substituteId: z.nullable(VoiceId),
});
export type VoiceReplacement = z.infer<typeof VoiceReplacement>;

/** A voice that is installed and cannot speak here. `reason` is for people. */
export const UnusableVoice = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  engine: EngineId,
  reason: z.string().check(z.minLength(1), z.maxLength(1_000)),
});
export type UnusableVoice = z.infer<typeof UnusableVoice>;
