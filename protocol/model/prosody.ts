import { z } from '../schema.ts';

/** Least and most of each; see `Prosody`. */
export const PROSODY_LIMITS = {
  rate: { min: 0.33, max: 3 },
  pitch: { min: -10, max: 10 },
  volume: { min: 0, max: 100 },
} as const;

const within = ({ min, max }: { readonly min: number; readonly max: number }) =>
  z.number().check(z.minimum(min), z.maximum(max));

/** How a text is spoken. Each engine's binding maps these to its own scales. */
export const Prosody = z.strictObject({
  /** A multiplier: 1 is the voice's own speed. */
  rate: within(PROSODY_LIMITS.rate),
  /** In steps; 0 is the voice's own pitch. */
  pitch: within(PROSODY_LIMITS.pitch),
  /** Percent of the voice's own loudness. */
  volume: within(PROSODY_LIMITS.volume),
});
export type Prosody = z.infer<typeof Prosody>;

export const DEFAULT_PROSODY: Prosody = { rate: 1, pitch: 0, volume: 100 };
