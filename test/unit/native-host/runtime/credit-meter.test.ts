import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { ControlBlock } from '../../../../native-host/runtime/control-block.ts';
import { CreditMeter } from '../../../../native-host/runtime/credit-meter.ts';
import { endThreads, nextMessage, startThread } from '../../../helpers/start-thread.ts';

const takerPath = fileURLToPath(new URL('../../../fixtures/threads/credit-taker.ts', import.meta.url));

afterEach(endThreads);

/** A real thread that takes credit, because taking blocks. */
function startTaker(control: ControlBlock, takes: number[], initialBytes = 0, unitBytes = 2): Promise<Worker> {
  return startThread(takerPath, { shared: control.shared, takes, initialBytes, unitBytes });
}

const mustNotStarve = (): never => {
  throw new Error('starved, though there is credit');
};

describe('CreditMeter', () => {
  it('gives the initial credit without waiting', () => {
    const meter = new CreditMeter(new ControlBlock().call(0), 100, mustNotStarve);
    expect([meter.take(60, 2), meter.take(60, 2)]).toEqual([60, 40]);
  });

  it('gives only whole units', () => {
    const meter = new CreditMeter(new ControlBlock().call(0), 7, mustNotStarve);
    expect(meter.take(100, 2)).toBe(6);
  });

  it('keeps the odd rest of a grant for the next one', () => {
    const control = new ControlBlock();
    const meter = new CreditMeter(control.call(0), 7, mustNotStarve);
    meter.take(100, 2);
    control.grant(0, 1);
    expect(meter.take(100, 2)).toBe(2);
  });

  it('adds up grants beyond what 32 bits hold', () => {
    const control = new ControlBlock();
    for (let i = 0; i < 3; i++) control.grant(0, 2 ** 32);
    const meter = new CreditMeter(control.call(0), 0, mustNotStarve);
    expect(meter.take(Number.MAX_SAFE_INTEGER - 1, 2)).toBe(3 * 2 ** 32);
  });

  it('gives nothing once the call is aborted, though there is credit', () => {
    const control = new ControlBlock();
    control.abort(0);
    expect(new CreditMeter(control.call(0), 100, mustNotStarve).take(10, 2)).toBe(0);
  });

  it('says that it starves, then blocks its thread until more is granted', async () => {
    const control = new ControlBlock();
    const taker = await startTaker(control, [10]);
    expect(await nextMessage(taker)).toBe('starved');
    control.grant(0, 4);
    expect(await nextMessage(taker)).toBe(4);
  });

  it('starves again after a grant that is less than a unit', async () => {
    const control = new ControlBlock();
    const taker = await startTaker(control, [10]);
    expect(await nextMessage(taker)).toBe('starved');
    control.grant(0, 1);
    expect(await nextMessage(taker)).toBe('starved');
    control.grant(0, 1);
    expect(await nextMessage(taker)).toBe(2);
  });

  it('ends the wait with nothing when the call is aborted', async () => {
    const control = new ControlBlock();
    const taker = await startTaker(control, [10]);
    expect(await nextMessage(taker)).toBe('starved');
    control.abort(0);
    expect(await nextMessage(taker)).toBe(0);
  });
});
