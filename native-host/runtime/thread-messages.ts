import type { WireError } from '../../protocol/errors.ts';

/** What crosses between the two threads. `load` is the first; calls need no id, for there is one at a time. */
export type ToEngineThread =
  | { readonly kind: 'load'; readonly engine: string }
  | { readonly kind: 'call'; readonly method: string; readonly params: unknown; readonly control: SharedArrayBuffer }
  | { readonly kind: 'close' };

export type FromEngineThread =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'load-failed'; readonly error: WireError }
  | { readonly kind: 'progress'; readonly item: unknown }
  | { readonly kind: 'starved' }
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'error'; readonly error: WireError }
  | { readonly kind: 'closed' };
