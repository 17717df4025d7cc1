import { z } from '../schema.ts';

/** An absolute path. Windows has the longest. */
export const Path = z.string().check(z.minLength(1), z.maxLength(32_767));
