import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { isAsideError } from '../../../protocol/errors.ts';
import type { Engine, LoadEngine } from '../engine.ts';
import type { BridgeOptions } from './bridge.ts';
import { type Files, locateSapi, type Runtime, type SapiFiles } from './edge-location.ts';
import { loadBridge, watchParentByClr } from './load-bridge.ts';
import { whyNotLoaded } from './load-failure.ts';
import { createSapiEngine } from './sapi-engine.ts';
import { unavailable } from './unavailable.ts';

/**
 * Windows' voices. For developers, `ASIDE_SAPI=scripted` in the environment takes the assembly's scripted voice, which
 * also speaks without Windows, and `ASIDE_SAPI_ROUTE` names the way that samples come: `audio` (the default) or `stream`.
 */
export const loadSapi: LoadEngine = async () => {
  const voices = process.env.ASIDE_SAPI === 'scripted' ? 'scripted' : 'windows';
  const route = process.env.ASIDE_SAPI_ROUTE === 'stream' ? 'stream' : 'audio';
  const runtime = thisRuntime();
  if (voices === 'windows' && runtime.platform !== 'win32') {
    throw unavailable('not-windows', `it is a part of Windows, and this is ${runtime.platform}`, 'Use another engine.');
  }
  const files = locateSapi(runtime, thisDisk());
  const engine = await open(files, { voices, route }, runtime);
  if (runtime.platform === 'win32') await watchParent(files);
  return engine;
};

async function open(files: SapiFiles, options: Omit<BridgeOptions, 'onBatch'>, runtime: Runtime): Promise<Engine> {
  try {
    return await createSapiEngine((onBatch) => loadBridge(files, { ...options, onBatch }), dieOf);
  } catch (error) {
    throw isAsideError(error) ? error : whyNotLoaded(error, files, runtime);
  }
}

/** Outside of any call: the host ends, says why, and is replaced. */
function dieOf(why: Error): void {
  setImmediate(() => {
    throw why;
  });
}

async function watchParent(files: SapiFiles): Promise<void> {
  try {
    await watchParentByClr(files, process.ppid);
  } catch (error) {
    process.stderr.write(`aside host ${process.pid}: does not watch its parent: ${String(error)}\n`);
  }
}

function thisRuntime(): Runtime {
  const { platform, arch, versions, env } = process;
  return { platform, arch, versions, systemRoot: env.SystemRoot ?? 'C:\\Windows' };
}

function thisDisk(): Files {
  const { resolve } = createRequire(import.meta.url);
  return {
    exists: existsSync,
    list: (path) => (existsSync(path) ? readdirSync(path) : []),
    packageFolder: (name) => {
      try {
        return dirname(resolve(`${name}/package.json`));
      } catch {
        return undefined; // not installed
      }
    },
    distFolder: fileURLToPath(new URL('../', import.meta.url)), // of dist/native-host
  };
}
