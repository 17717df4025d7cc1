import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of Aside's own, as it is on disk; empty before it is written. */
export function savedFile(dataDir: string, name: 'draft.txt' | 'settings.json'): string {
  const path = join(dataDir, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
