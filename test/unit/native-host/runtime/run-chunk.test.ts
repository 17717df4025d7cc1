import { describe, expect, it } from 'vitest';
import { ControlBlock } from '../../../../native-host/runtime/control-block.ts';
import { runChunk } from '../../../../native-host/runtime/run-chunk.ts';
import { type ChunkResult, GROUP_CALLS } from '../../../../protocol/contract/chunk.ts';

const control = () => new ControlBlock().call(1);
const noGroups = (): never => {
  throw new Error('a group was given away');
};

describe('a chunk of calls', () => {
  it('is answered at once when none of them waits', () => {
    expect(runChunk('add', [1, 2], control(), (n) => Number(n) + 1, noGroups)).toEqual({ values: [2, 3], errors: [] });
  });

  it('runs one after the other, also those that wait', async () => {
    const seen: string[] = [];
    const call = async (name: unknown): Promise<unknown> => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      return name;
    };
    expect(await runChunk('wait', ['a', 'b'], control(), call, noGroups)).toEqual({ values: ['a', 'b'], errors: [] });
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('goes on after one that throws or rejects, and says which', async () => {
    const call = (how: unknown): unknown => {
      if (how === 'throws') throw new Error('thrown');
      return how === 'rejects' ? Promise.reject(new Error('rejected')) : how;
    };
    const result = await runChunk('fail', ['throws', 'rejects', 'fine'], control(), call, noGroups);
    expect(result.values).toEqual([null, null, 'fine']);
    expect(result.errors).toMatchObject([
      { index: 0, error: { message: expect.stringContaining('thrown') } },
      { index: 1, error: { message: expect.stringContaining('rejected') } },
    ]);
  });

  it('stops between two calls when it is cancelled', () => {
    const block = new ControlBlock();
    const seen: unknown[] = [];
    const call = (index: unknown): void => {
      seen.push(index);
      if (index === 1) block.abort(1);
    };
    expect(() => runChunk('stop', [0, 1, 2], block.call(1), call, noGroups)).toThrow('stop was cancelled');
    expect(seen).toEqual([0, 1]);
  });

  it('of nothing has no results', () => {
    expect(runChunk('none', [], control(), () => 1, noGroups)).toEqual({ values: [], errors: [] });
  });

  it('gives away what full groups have brought, each with its own errors, and returns the rest', () => {
    const groups: ChunkResult<unknown>[] = [];
    const calls = Array.from({ length: 2 * GROUP_CALLS + 1 }, (_, index) => index);
    const call = (index: unknown): unknown => {
      if (index === GROUP_CALLS + 3) throw new Error('the fourth of the second group');
      return index;
    };
    const rest = runChunk('count', calls, control(), call, (group) => groups.push(group));
    expect(groups.map(({ values }) => [values.length, values[0]])).toEqual([
      [GROUP_CALLS, 0],
      [GROUP_CALLS, GROUP_CALLS],
    ]);
    expect(groups.map(({ errors }) => errors.map(({ index }) => index))).toEqual([[], [3]]);
    expect(rest).toEqual({ values: [2 * GROUP_CALLS], errors: [] });
  });
});
