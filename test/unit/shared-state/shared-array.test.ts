import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import type { AtomicAccess, SharedArray } from '../../../shared-state/array-access.ts';
import { createSharedArray, openSharedArray } from '../../../shared-state/shared-array.ts';
import { errorOf } from '../../helpers/error-of.ts';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const array of opened.splice(0)) array.close();
});

const noMemory = (): Promise<never> => Promise.reject(new Error('External buffers are not allowed'));

describe('a shared array', () => {
  it('is shared by messages where there is no shared memory, as inside Electron', async () => {
    const array = await createSharedArray('int32', 3, {}, noMemory);
    opened.push(array);
    expect([array.kind, array.view, array.handle.kind]).toEqual(['messages', null, 'messages']);
    const other = await openSharedArray(array.handle, 'int32');
    opened.push(other);
    await other.add(1, 5);
    expect(await array.read()).toEqual(new Int32Array([0, 5, 0]));
  });

  it('is shared in memory where it can be', async () => {
    const array = await createSharedArray('float64', 3);
    opened.push(array);
    expect([array.kind, array.view]).toEqual(['memory', new Float64Array(3)]);
  });

  it('is refused when it has to be in memory and cannot', async () => {
    const error = await errorOf(createSharedArray('int32', 3, { kind: 'memory' }, noMemory));
    expect(error).toMatchObject({ code: 'refused', details: { reason: 'no-shared-memory' } });
    expect(error.message).toContain('External buffers are not allowed');
  });

  it.each([0, -1, 1.5, 2 ** 29, Number.NaN])('has no %d elements', async (length) => {
    await expect(createSharedArray('float64', length)).rejects.toThrow(RangeError);
  });

  it('is typed by its elements and by how it is shared', () => {
    expectTypeOf<SharedArray<'int32', 'memory'>['view']>().toEqualTypeOf<Int32Array<ArrayBuffer>>();
    expectTypeOf<SharedArray<'float64', 'messages'>['view']>().toEqualTypeOf<null>();
    expectTypeOf<SharedArray<'uint8'>['view']>().toEqualTypeOf<Uint8Array<ArrayBuffer> | null>();
    expectTypeOf<SharedArray<'int32'>>().toExtend<AtomicAccess>();
    expectTypeOf<SharedArray<'float64'>>().not.toExtend<AtomicAccess>();
    expectTypeOf<Awaited<ReturnType<SharedArray<'float64'>['read']>>>().toEqualTypeOf<Float64Array<ArrayBuffer>>();
    const narrowed = (array: SharedArray<'int32'>) => array.kind === 'memory' && Atomics.add(array.view, 0, 1);
    // @ts-expect-error -- no such elements
    const wrong = () => createSharedArray('int64', 1);
    expect([narrowed, wrong]).toHaveLength(2);
  });
});
