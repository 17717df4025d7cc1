import { constants } from 'node:os';
import process from 'node:process';
import { AssemblyFailure, type BridgeOptions, type SapiBridge, SapiFailure } from './bridge.ts';
import type { SapiFiles } from './edge-location.ts';

/** What edge makes of a C# method: `Func<object, Task<object>>`. It starts on this thread and ends on another. */
type ClrFunction = (input: unknown, callback: (error: unknown, answer: unknown) => void) => void;

/** The whole interface of edge_nativeclr.node. */
interface Edge {
  initializeClrFunc(options: { assemblyFile: string; typeName: string; methodName: string }): ClrFunction;
}

/** How every function of the assembly answers; see assembly/Entry.cs. */
type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly hresult: number; readonly message: string };

/**
 * Starts the CLR in this process and opens a session. edge's own JavaScript is passed by: for a compiled assembly it does
 * nothing but this, and it looks for its native half in places that an app in an archive does not have.
 *
 * It can be done once in a process, and on its main thread only: edge keeps the event loop in static variables.
 * Rejects with `SapiFailure`, with `AssemblyFailure`, and with what `process.dlopen` throws.
 */
export async function loadBridge(files: SapiFiles, options: BridgeOptions): Promise<SapiBridge> {
  const edge = loadEdge(files.edge);
  const open = bind(edge, files, 'Open');
  const functions = (await open({
    voices: options.voices,
    route: options.route,
    onBatch: (batch: Uint8Array, done: (error: unknown, answer: unknown) => void) => {
      // Edge calls this outside of any turn of the event loop. A call back into C# would then be a turn of its own, and
      // run what is waiting (and miss the handlers of rejections) in the midst of ours.
      setImmediate(() => {
        options.onBatch(batch).then(
          () => done(null, null),
          (error) => done(error, null),
        );
      });
    },
  })) as Record<keyof SapiBridge, ClrFunction>;
  const call = <T>(name: keyof SapiBridge, input: unknown = null): Promise<T> =>
    promised(functions[name])(input) as Promise<T>;
  return {
    voices: () => call('voices'),
    speak: (utterance) => call('speak', utterance),
    stop: (utteranceId) => call('stop', utteranceId),
    skip: (sentences) => call('skip', sentences),
    stats: () => call('stats'),
    close: () => call('close'),
  };
}

/** Has this process end with its parent, also when everything in it is stuck. Windows only. Rejects with `SapiFailure`. */
export async function watchParentByClr(files: SapiFiles, parentPid: number): Promise<void> {
  await bind(loadEdge(files.edge), files, 'WatchParent')(parentPid);
}

function loadEdge(path: string): Edge {
  const target = { exports: {} };
  // Mono finds its helpers only among symbols that everybody can see. On Windows flags mean nothing.
  process.dlopen(target, path, constants.dlopen.RTLD_NOW | constants.dlopen.RTLD_GLOBAL);
  return target.exports as Edge;
}

function bind(edge: Edge, files: SapiFiles, methodName: string): (input: unknown) => Promise<unknown> {
  const assemblyFile = files.assembly;
  try {
    return promised(edge.initializeClrFunc({ assemblyFile, typeName: 'Aside.Sapi.Entry', methodName }));
  } catch (error) {
    throw new AssemblyFailure(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function promised(call: ClrFunction): (input: unknown) => Promise<unknown> {
  return (input) =>
    new Promise((resolve, reject) => {
      call(input, (error, answer) => {
        if (error) return reject(error);
        const { ok, ...rest } = answer as Answer;
        if (ok) return resolve((rest as { value: unknown }).value);
        const { code, hresult, message } = rest as Exclude<Answer, { ok: true }>;
        reject(new SapiFailure(code, hresult, message));
      });
    });
}
