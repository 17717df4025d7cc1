import type { WireError } from '../../protocol/errors.ts';

/** What crosses between control thread and engine thread. Calls need no id: there is one at a time. */
export interface EngineThreadData {
  readonly engine: string;
}

export type ToEngineThread =
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
