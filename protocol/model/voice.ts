import { z } from 'zod';

/** Engines by id. `scripted` exists in tests only. */
export const EngineId = z.enum(['espeak', 'sapi', 'scripted']);
export type EngineId = z.infer<typeof EngineId>;

export const VoiceId = z.string().min(1).max(200);

/** A voice that can speak here and now. */
export const Voice = z.strictObject({
  /** `<engine>:<engine's own name>`, stable between runs and machines, e.g. `espeak:gmw/en-US`. */
  id: VoiceId,
  name: z.string().min(1).max(200),
  /** BCP-47, e.g. `en-US`. */
  language: z.string().min(1).max(40),
  gender: z.enum(['female', 'male', 'neutral', 'unknown']),
  engine: EngineId,
  /** These three only where the engine tells. */
  age: z.enum(['child', 'teen', 'adult', 'senior']).optional(),
  vendor: z.string().min(1).max(200).optional(),
  /** Which of the system's collections it is from. */
  source: z.enum(['sapi', 'onecore']).optional(),
});
export type Voice = z.infer<typeof Voice>;

/** A voice that is installed and cannot speak here. `reason` is for people. */
export const UnusableVoice = z.strictObject({
  name: z.string().min(1).max(200),
  engine: EngineId,
  reason: z.string().min(1).max(1_000),
});
export type UnusableVoice = z.infer<typeof UnusableVoice>;
