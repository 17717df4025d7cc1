import { checkMessage } from '../protocol/contract/check-message.ts';
import { AsideError, isAsideError } from '../protocol/errors.ts';
import type { ArrayAccess, AtomicAccess, SharedArray, SharingKind } from './array-access.ts';
import { createBufferAccess } from './buffer-access.ts';
import { bytesOf, type ElementType, elementsIn, MAX_SHARED_BYTES } from './elements.ts';
import { SharedArrayHandle } from './handle.ts';
import { loadMemory } from './memory/load-memory.ts';
import type { Mapping, Memory } from './memory/memory.ts';
import { connectArray } from './messages/connect-array.ts';
import { serveArray } from './messages/serve-array.ts';

export interface SharingOptions<K extends SharingKind = SharingKind> {
  /**
   * Default: `memory` where it can be had, else `messages`. It cannot inside Electron, whose V8 has memory of its own
   * only, nor where koffi does not load.
   */
  readonly kind?: K;
}

/** Creates an array of zeros. Rejects with `refused` when it has to be in memory and cannot. */
export async function createSharedArray<T extends ElementType, K extends SharingKind = SharingKind>(
  type: T,
  length: number,
  { kind }: SharingOptions<K> = {},
  load: () => Promise<Memory> = loadMemory,
): Promise<SharedArray<T, K>> {
  const bytes = bytesOf(type, length);
  if (!Number.isInteger(length) || length < 1 || bytes > MAX_SHARED_BYTES)
    throw new RangeError(`a shared array holds 1 element to ${MAX_SHARED_BYTES} bytes, not ${length} of ${type}`);
  if (kind !== 'messages') {
    try {
      return inMemory<T, K>(type, length, (await load()).create(bytes));
    } catch (error) {
      if (kind === 'memory') throw noMemory(error);
    }
  }
  const elements = elementsIn(type, new ArrayBuffer(bytes), length);
  const served = await serveArray(type, elements);
  return byMessages<T, K>(type, length, createBufferAccess(elements), served.handle, served.close);
}

/**
 * Opens an array that another process has created, by its handle. Rejects with `contract` when the handle is none, or of
 * other elements, and with `disconnected` when the array is gone.
 */
export async function openSharedArray<T extends ElementType>(handle: unknown, type: T): Promise<SharedArray<T>> {
  const found = checkMessage(SharedArrayHandle, handle, 'handle');
  if (found.type !== type)
    throw new AsideError('contract', `handle.type: expected ${type}, got ${found.type}`, {
      details: { path: 'handle.type', expected: type, got: found.type },
      remedy: 'Open the array with the type that it was created with.',
    });
  const { length } = found;
  if (found.kind === 'memory') {
    const memory = await loadMemory();
    return inMemory(
      type,
      length,
      gone(() => memory.open(found.address, bytesOf(type, length))),
    );
  }
  const connected = await connectArray(type, found);
  return byMessages(type, length, connected.access, found, connected.close);
}

function inMemory<T extends ElementType, K extends SharingKind>(
  type: T,
  length: number,
  mapping: Mapping,
): SharedArray<T, K> {
  const view = elementsIn(type, mapping.buffer, length);
  const handle: SharedArrayHandle = { kind: 'memory', address: mapping.address, type, length };
  const array = { kind: 'memory', type, length, handle, view, ...createBufferAccess(view), close: mapping.close };
  return array as unknown as SharedArray<T, K>; // the compiler resolves no condition on a type that is yet unknown
}

function byMessages<T extends ElementType, K extends SharingKind>(
  type: T,
  length: number,
  access: ArrayAccess<T> & AtomicAccess,
  handle: SharedArrayHandle,
  close: () => void,
): SharedArray<T, K> {
  const array = { kind: 'messages', type, length, handle, view: null, ...access, close };
  return array as unknown as SharedArray<T, K>; // as above
}

function gone<R>(open: () => R): R {
  try {
    return open();
  } catch (error) {
    if (isAsideError(error)) throw error;
    throw new AsideError('disconnected', `The shared array is gone: ${String(error)}`, {
      details: {},
      remedy: 'It lives as long as it is open in the process that created it.',
      cause: error,
    });
  }
}

function noMemory(cause: unknown): AsideError<'refused'> {
  return new AsideError('refused', `There is no shared memory here: ${String(cause)}`, {
    details: { reason: 'no-shared-memory' },
    remedy: 'Leave out kind, or use messages.',
    cause,
  });
}
