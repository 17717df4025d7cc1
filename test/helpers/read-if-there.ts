import { existsSync, readFileSync } from 'node:fs';

/** What a file holds, of which nobody knows yet whether it is there. */
export function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
