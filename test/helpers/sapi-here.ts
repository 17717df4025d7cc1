import { existsSync } from 'node:fs';
import process from 'node:process';
import { fromRoot } from '../../scripts/set-up/root.mjs';

/** Windows' own voices where there is Windows, else the assembly's scripted ones under Mono. */
export const sapiEnv: Record<string, string> = process.platform === 'win32' ? {} : { ASIDE_SAPI: 'scripted' };

/** Where it can be tested: on Windows with the system's .NET, on Linux with Mono. Nobody builds edge for Mono elsewhere. */
const testable: readonly NodeJS.Platform[] = ['win32', 'linux'];

/** Why the C# half of SAPI cannot be tested here; undefined where it can. Throws under CI, where it must be. */
export function findWhyNoSapi(): string | undefined {
  if (!testable.includes(process.platform)) return `SAPI NOT RUN: there is no edge for Mono on ${process.platform}`;
  const needed = [fromRoot('dist', 'sapi', 'Aside.Sapi.dll')];
  if (process.platform !== 'win32') {
    needed.push(fromRoot('dist', 'edge-mono', process.versions.modules, 'edge_nativeclr.node'));
  }
  const missing = needed.filter((path) => !existsSync(path));
  if (missing.length === 0) return undefined;
  const why = `SAPI NOT RUN: ${missing.join(' and ')} could not be built (Mono, its headers, g++ and Node's headers do it)`;
  if (process.env.CI) throw new Error(why);
  return why;
}
