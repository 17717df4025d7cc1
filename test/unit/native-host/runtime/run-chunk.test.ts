import { describe, expect, it } from 'vitest';
import { ControlBlock } from '../../../../native-host/runtime/control-block.ts';
import { runChunk } from '../../../../native-host/runtime/run-chunk.ts';
import { type ChunkGroup, GROUP_CALLS } from '../../../../protocol/contract/chunk.ts';

/** A chunk of calls, and what it has given away so far. */
function open(params: readonly unknown[], callOne: (params: unknown) => unknown, letGoEveryMs: number | null = null) {
  const block = new ControlBlock();
  const groups: ChunkGroup<unknown>[] = [];
  const run = {
    method: 'do',
    params,
    control: block.call(1),
    callOne,
    letGoEveryMs,
    onGroup: (group: ChunkGroup<unknown>) => {
      if (group.values.includes('unsendable')) throw new TypeError('it cannot be cloned');
      groups.push(group);
    },
  };
  return { block, groups, run };
}

describe('a chunk of calls', () => {
  it('is done at once when none of them waits', () => {
    const { groups, run } = open([1, 2], (n) => Number(n) + 1);
    expect(runChunk(run)).toBeNull();
    expect(groups).toEqual([{ values: [2, 3], errors: [] }]);
  });

  it('runs one after the other, also those that wait', async () => {
    const seen: string[] = [];
    const { groups, run } = open(['a', 'b'], async (name) => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      return name;
    });
    await runChunk(run);
    expect(groups).toEqual([{ values: ['a', 'b'], errors: [] }]);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('goes on after one that throws or rejects, and says which', async () => {
    const { groups, run } = open(['throws', 'rejects', 'fine'], (how) => {
      if (how === 'throws') throw new Error('thrown');
      return how === 'rejects' ? Promise.reject(new Error('rejected')) : how;
    });
    await runChunk(run);
    expect(groups).toMatchObject([
      {
        values: [null, null, 'fine'],
        errors: [
          { index: 0, error: { message: expect.stringContaining('thrown') } },
          { index: 1, error: { message: expect.stringContaining('rejected') } },
        ],
      },
    ]);
  });

  it('fails what cannot be sent, and nothing else of its group', () => {
    const calls = ['a', 'b', 'unsendable', new Error('d'), 'e'];
    const { groups, run } = open(calls, (value) => {
      if (value instanceof Error) throw value;
      return value;
    });
    expect(runChunk(run)).toBeNull();
    expect(groups.flatMap(({ values }) => values)).toEqual(['a', 'b', null, null, 'e']);
    expect(groups.flatMap(({ errors }) => errors.map(({ error }) => error.message))).toEqual([
      expect.stringContaining('it cannot be cloned'),
      expect.stringContaining('d'),
    ]);
  });

  it('stops between two calls when it is cancelled', () => {
    const seen: unknown[] = [];
    const { block, run } = open([0, 1, 2], (index) => {
      seen.push(index);
      if (index === 1) block.abort(1);
    });
    expect(() => runChunk(run)).toThrow('do was cancelled');
    expect(seen).toEqual([0, 1]);
  });

  it('lets go of a thread that has other things to do, which can cancel it', async () => {
    const { block, run } = open(Array.from({ length: 1_000_000 }), () => 1, 0);
    setImmediate(() => block.abort(1));
    await expect(runChunk(run)).rejects.toThrow('do was cancelled');
  });

  it('of nothing gives nothing away', () => {
    const { groups, run } = open([], () => 1);
    expect(runChunk(run)).toBeNull();
    expect(groups).toEqual([]);
  });

  it('gives away what full groups have brought, each with its own errors, and then the rest', () => {
    const calls = Array.from({ length: 2 * GROUP_CALLS + 1 }, (_, index) => index);
    const { groups, run } = open(calls, (index) => {
      if (index === GROUP_CALLS + 3) throw new Error('the fourth of the second group');
      return index;
    });
    expect(runChunk(run)).toBeNull();
    expect(groups.map(({ values }) => [values.length, values[0]])).toEqual([
      [GROUP_CALLS, 0],
      [GROUP_CALLS, GROUP_CALLS],
      [1, 2 * GROUP_CALLS],
    ]);
    expect(groups.map(({ errors }) => errors.map(({ index }) => index))).toEqual([[], [3], []]);
  });
});
