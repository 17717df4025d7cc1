import { fileURLToPath } from 'node:url';

/** Of a program in test/bench/programs, as it is bundled beside the bench that runs. */
export function programPath(name: string): string {
  return fileURLToPath(new URL(`./programs/${name}.js`, import.meta.url));
}
