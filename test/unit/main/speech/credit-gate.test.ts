import { describe, expect, it } from 'vitest';
import { CreditGate } from '../../../../main/speech/credit-gate.ts';

describe('CreditGate', () => {
  it('lets through at once while there is something to spend', async () => {
    await expect(new CreditGate(1).wait(new AbortController().signal)).resolves.toBeUndefined();
  });

  it('waits until a grant makes up for what was overspent', async () => {
    const gate = new CreditGate(0);
    gate.spend(10);
    const order: string[] = [];
    const waiting = gate.wait(new AbortController().signal).then(() => order.push('through'));
    gate.grant(10);
    await Promise.resolve();
    order.push('still waiting');
    gate.grant(1);
    await waiting;
    expect(order).toEqual(['still waiting', 'through']);
  });

  it('stops waiting with the reason of the signal', async () => {
    const abort = new AbortController();
    const waiting = new CreditGate(0).wait(abort.signal);
    abort.abort(new Error('steered'));
    await expect(waiting).rejects.toThrow('steered');
  });

  it('passes grants on to the one who spends', () => {
    const gate = new CreditGate(5);
    const passed: number[] = [];
    gate.forward((bytes) => passed.push(bytes));
    gate.grant(3);
    gate.spend(6);
    expect({ passed, left: gate.availableBytes }).toEqual({ passed: [3], left: 2 });
  });
});
