import { existsSync } from 'node:fs';
import { win32 } from 'node:path';
import { findProof } from '../testing/find-program.mjs';

/** @typedef {{ command: string, options: readonly string[] }} CsharpCompiler */

/** Every Windows since 8 has one of them. It is a compiler of C# 5. */
const FRAMEWORKS = ['FrameworkArm64', 'Framework64', 'Framework'];

/**
 * The C# compiler of this machine: .NET Framework's own on Windows, Mono's elsewhere. Both are told to take no more than
 * C# 5 and to target .NET Framework 4.5 or newer, so that what builds with one builds with the other.
 * @param {NodeJS.Platform} [platform]
 * @param {NodeJS.ProcessEnv} [env]
 * @param {(path: string) => boolean} [exists]
 * @returns {CsharpCompiler | null}
 */
export function findCsharpCompiler(platform = process.platform, env = process.env, exists = existsSync) {
  if (platform === 'win32') {
    const folder = win32.join(env.SystemRoot ?? 'C:\\Windows', 'Microsoft.NET');
    const csc = FRAMEWORKS.map((name) => win32.join(folder, name, 'v4.0.30319', 'csc.exe')).find(exists);
    return csc === undefined ? null : { command: csc, options: ['-nologo', '-langversion:5'] };
  }
  const mcs = findProof({ commands: ['mcs'] }, env);
  return mcs === null ? null : { command: mcs, options: ['-langversion:5', '-sdk:4.5'] };
}
