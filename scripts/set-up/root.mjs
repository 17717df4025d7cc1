import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, absolute. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {...string} parts a path from the root, e.g. `'dist', 'main'` */
export const fromRoot = (...parts) => join(root, ...parts);
