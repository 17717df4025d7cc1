import { z } from 'zod';

/** How a text is spoken. Each engine's binding maps these to its own scales. */
export const Prosody = z.strictObject({
  /** A multiplier: 1 is the voice's own speed. */
  rate: z.number().min(0.33).max(3),
  /** In steps; 0 is the voice's own pitch. */
  pitch: z.number().min(-10).max(10),
  /** Percent of the voice's own loudness. */
  volume: z.number().min(0).max(100),
});
export type Prosody = z.infer<typeof Prosody>;

export const DEFAULT_PROSODY: Prosody = { rate: 1, pitch: 0, volume: 100 };
