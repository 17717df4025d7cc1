import { z } from '../schema.ts';

/** What a text can be besides plain: W3C SSML, or SAPI's own XML. Nothing is markup unless it is asked for. */
export const Markup = z.enum(['ssml', 'sapi']);
export type Markup = z.infer<typeof Markup>;
