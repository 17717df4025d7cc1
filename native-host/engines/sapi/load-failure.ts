import { SapiFailure } from './bridge.ts';
import { noVcRuntime, type Runtime, type SapiFiles } from './edge-location.ts';
import { unavailable } from './unavailable.ts';

/** ERROR_MOD_NOT_FOUND and ERROR_BAD_EXE_FORMAT, as Windows says them to dlopen in English; the numbers are not told. */
const MODULE_NOT_FOUND = /specified module could not be found/i;
const WRONG_ARCHITECTURE = /not a valid Win32 application/i;

/** Names what went wrong although every file was there. Its own words are kept: on Windows they may be in any language. */
export function whyNotLoaded(error: unknown, files: SapiFiles, runtime: Runtime) {
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof SapiFailure) {
    const remedy = 'Windows speech does not start: repair Windows with `sfc /scannow`, or use another engine.';
    return unavailable('load-failed', `${said} (${error.code})`, remedy, error);
  }
  // What edge_nativeclr.node needs is .NET Framework, which was found, and the VC runtime.
  if (MODULE_NOT_FOUND.test(said) || WRONG_ARCHITECTURE.test(said)) {
    return noVcRuntime(runtime.arch, [`any folder in which Windows looks (${said})`], error);
  }
  return unavailable('load-failed', `${files.edge} cannot be loaded: ${said}`, 'Install Aside again.', error);
}
