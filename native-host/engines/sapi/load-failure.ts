import { AssemblyFailure, SapiFailure } from './bridge.ts';
import { notForThis, noVcRuntime, REBUILD, REINSTALL, type Runtime, type SapiFiles } from './edge-location.ts';
import { unavailable } from './unavailable.ts';

/** ERROR_MOD_NOT_FOUND and ERROR_BAD_EXE_FORMAT, as Windows says them to dlopen in English; the numbers are not told. */
const MODULE_NOT_FOUND = /specified module could not be found/i;
const WRONG_ARCHITECTURE = /not a valid Win32 application/i;

/** Node's words, and Electron's, for a native module of another major, by its number or by the lack of its entry. */
const ANOTHER_MAJOR = /compiled against a different|did not self-register/i;

/** Names what went wrong although every file was there. Its own words are kept: on Windows they may be in any language. */
export function whyNotLoaded(error: unknown, files: SapiFiles, runtime: Runtime) {
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof SapiFailure) {
    const remedy = 'Windows speech does not start: repair Windows with `sfc /scannow`, or use another engine.';
    return unavailable('load-failed', `${said} (${error.code})`, remedy, error);
  }
  if (error instanceof AssemblyFailure) {
    return unavailable('bad-assembly', `${files.assembly} cannot be used: ${said}`, REBUILD, error);
  }
  if (ANOTHER_MAJOR.test(said)) return notForThis(runtime, files.edge, said, error);
  // What edge_nativeclr.node needs is .NET Framework, which was found, and the VC runtime.
  if (MODULE_NOT_FOUND.test(said) || WRONG_ARCHITECTURE.test(said)) {
    return noVcRuntime(runtime.arch, [`any folder in which Windows looks (${said})`], error);
  }
  return unavailable('load-failed', `${files.edge} cannot be loaded: ${said}`, REINSTALL, error);
}
