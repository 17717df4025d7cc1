import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallPriority, CallQueue, type Queueable, rankOf } from '../../../../main/hosts/call-queue.ts';

interface Waiting extends Queueable {
  readonly name: string;
}

const waiting = (name: string, priority: CallPriority): Waiting => ({
  name,
  rank: rankOf(priority),
  order: -1,
  place: -1,
});

function takeAll(queue: CallQueue<Waiting>): string[] {
  const names: string[] = [];
  for (let call = queue.first(); call; call = queue.first()) {
    queue.remove(call);
    names.push(call.name);
  }
  return names;
}

describe('the queue of calls', () => {
  it('gives listeners before background work, each in order of arrival', () => {
    const queue = new CallQueue<Waiting>();
    for (const name of ['b1', 'l1', 'b2', 'l2'])
      queue.push(waiting(name, name.startsWith('b') ? 'background' : 'listening'));
    expect(takeAll(queue)).toEqual(['l1', 'l2', 'b1', 'b2']);
    expect([queue.length, queue.first()]).toEqual([0, undefined]);
  });

  it('places numbers between and beyond the names', () => {
    const queue = new CallQueue<Waiting>();
    for (const priority of ['background', -101, -99, 'listening', 1, Number.NEGATIVE_INFINITY] as const)
      queue.push(waiting(String(priority), priority));
    expect(takeAll(queue)).toEqual(['1', 'listening', '-99', 'background', '-101', '-Infinity']);
  });

  it('gives a call that comes back its old place', () => {
    const queue = new CallQueue<Waiting>();
    for (const name of ['a', 'b', 'c']) queue.push(waiting(name, 'listening'));
    const first = queue.first() as Waiting;
    queue.remove(first);
    queue.push(first);
    expect(takeAll(queue)).toEqual(['a', 'b', 'c']);
  });

  it('takes no notice of the removal of a call that is not in it', () => {
    const queue = new CallQueue<Waiting>();
    const [inside, outside] = [waiting('in', 'listening'), waiting('out', 'listening')];
    queue.push(inside);
    queue.remove(outside);
    queue.remove(inside);
    queue.remove(inside);
    expect(queue.length).toBe(0);
  });

  it('gives all in order when it is drained, and is empty then', () => {
    const queue = new CallQueue<Waiting>();
    const calls = [waiting('b', 'background'), waiting('l', 'listening')];
    for (const call of calls) queue.push(call);
    expect(queue.drain().map(({ name }) => name)).toEqual(['l', 'b']);
    for (const call of calls) queue.remove(call);
    expect([queue.length, queue.first()]).toEqual([0, undefined]);
  });

  it('keeps its order whatever is added and removed', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('push' as const), rank: fc.integer({ min: -2, max: 2 }) }),
      fc.record({ kind: fc.constant('take' as const) }),
      fc.record({ kind: fc.constant('remove' as const), which: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = new CallQueue<Waiting>();
        let model: Waiting[] = [];
        for (const [index, each] of steps.entries()) {
          if (each.kind === 'push') {
            const call = waiting(String(index), each.rank);
            queue.push(call);
            model.push(call);
            model.sort((a, b) => b.rank - a.rank || a.order - b.order);
            continue;
          }
          const call = each.kind === 'take' ? queue.first() : model[each.which % (model.length || 1)];
          if (each.kind === 'take') expect(call).toBe(model[0]);
          if (call) queue.remove(call);
          model = model.filter((other) => other !== call);
          expect(queue.length).toBe(model.length);
        }
        expect(takeAll(queue)).toEqual(model.map(({ name }) => name));
      }),
    );
  });
});
