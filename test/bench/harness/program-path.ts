import { fileURLToPath } from 'node:url';

/** Of a program in test/bench/programs, as it is bundled beside the bench that runs. */
export function programPath(name: string, extension: 'js' | 'cjs' = 'js'): string {
  return fileURLToPath(new URL(`./programs/${name}.${extension}`, import.meta.url));
}
