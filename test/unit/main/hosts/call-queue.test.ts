import { describe, expect, it } from 'vitest';
import { type CallPriority, createCallQueue } from '../../../../main/hosts/call-queue.ts';

interface Waiting {
  readonly name: string;
  readonly priority: CallPriority;
}

function filled(...names: string[]): ReturnType<typeof createCallQueue<Waiting>> {
  const queue = createCallQueue<Waiting>();
  for (const name of names) queue.push({ name, priority: name.startsWith('b') ? 'background' : 'listening' });
  return queue;
}

const anything = (): boolean => true;

describe('the queue of calls', () => {
  it('gives listeners before background work, each in order of arrival', () => {
    const queue = filled('b1', 'l1', 'b2', 'l2');
    const taken = Array.from({ length: 5 }, () => queue.take(anything)?.name);
    expect(taken).toEqual(['l1', 'l2', 'b1', 'b2', undefined]);
  });

  it('gives only what may run', () => {
    const queue = filled('l1', 'b1');
    expect(queue.take((priority) => priority === 'background')?.name).toBe('b1');
    expect(queue.take((priority) => priority === 'background')).toBeUndefined();
    expect(queue.length).toBe(1);
  });

  it('removes one call, and takes no notice of one that is not in it', () => {
    const queue = filled('b1');
    const call: Waiting = { name: 'b2', priority: 'background' };
    queue.push(call);
    queue.remove(call);
    queue.remove(call);
    expect(queue.drain().map(({ name }) => name)).toEqual(['b1']);
  });

  it('is empty after it was drained', () => {
    const queue = filled('b1', 'l1');
    expect(queue.drain().map(({ name }) => name)).toEqual(['l1', 'b1']);
    expect([queue.length, queue.take(anything)]).toEqual([0, undefined]);
  });
});
