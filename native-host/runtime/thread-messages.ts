import type { EngineEnvelope, ServerEnvelope } from '../../protocol/contract/envelope.ts';
import type { WireError } from '../../protocol/errors.ts';
import type { LaneDescriptors } from './engine-lane.ts';

/** What crosses between the two threads of a host, besides what is in the control block. `load` is the first. */
export type ToEngineThread =
  | {
      readonly kind: 'load';
      readonly engine: string;
      readonly block: SharedArrayBuffer;
      /** null: requests come from the control thread only. */
      readonly lane: LaneDescriptors | null;
    }
  /** A request that came by the channel. */
  | { readonly kind: 'relay'; readonly request: EngineEnvelope }
  | { readonly kind: 'close' };

export type FromEngineThread =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'load-failed'; readonly error: WireError }
  /** The answer, or a part of it, to a request that was relayed. */
  | { readonly kind: 'relay'; readonly envelope: ServerEnvelope }
  /** What came by the lane is no request at all. */
  | { readonly kind: 'malformed'; readonly error: WireError }
  | { readonly kind: 'closed' };
