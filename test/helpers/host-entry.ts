import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Absolute path of a built host program. Throws when it has not been built. */
export function hostEntry(program: 'host.cjs' | 'audio-host.cjs' = 'host.cjs'): string {
  const path = fileURLToPath(new URL(`../../dist/native-host/${program}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`${path} is missing: run \`npm run build\` first`);
  return path;
}
