import { describe, expect, it } from 'vitest';
import { ControlBlock } from '../../../../native-host/runtime/control-block.ts';

/** The waiting itself needs a second thread: see credit-meter.test.ts. */
describe('ControlBlock', () => {
  it('begins without a call, without credit and with nothing aborted', () => {
    const block = new ControlBlock();
    const { grantedBytes, isAborted } = block.call(0);
    expect([block.isRunning, block.isHushed, block.answered, grantedBytes, isAborted]).toEqual([
      false,
      false,
      0,
      0,
      false,
    ]);
  });

  it('shows on one side what the other side wrote', () => {
    const block = new ControlBlock();
    const other = new ControlBlock(block.shared);
    block.grant(3, 5);
    block.grant(3, 6);
    block.abort(3);
    block.hush();
    block.began(3);
    const { grantedBytes, isAborted } = other.call(3);
    expect([grantedBytes, isAborted, other.isHushed, other.isRunning]).toEqual([11, true, true, true]);
  });

  it('does not wait for what was granted before', () => {
    const block = new ControlBlock();
    block.grant(0, 5);
    expect(block.call(0).waitUntilGrantedMoreThan(4)).toBe(true);
  });

  it('does not wait once aborted, whatever was granted', () => {
    const block = new ControlBlock();
    block.grant(0, 5);
    block.abort(0);
    expect(block.call(0).waitUntilGrantedMoreThan(4)).toBe(false);
  });

  it('counts each byte of many small grants', () => {
    const block = new ControlBlock();
    for (let i = 0; i < 10_000; i++) block.grant(0, 1);
    expect(block.call(0).grantedBytes).toBe(10_000);
  });

  it('keeps credit and abort that come before their call', () => {
    const block = new ControlBlock();
    block.began(1);
    block.grant(2, 7);
    block.abort(2);
    block.finished();
    const { grantedBytes, isAborted } = block.call(2);
    expect([grantedBytes, isAborted]).toEqual([7, true]);
  });

  it('lets nothing that is late for a call reach the next', () => {
    const block = new ControlBlock();
    block.grant(2, 7);
    block.grant(1, 100);
    block.abort(1);
    const { grantedBytes, isAborted } = block.call(2);
    expect([grantedBytes, isAborted]).toEqual([7, false]);
  });

  it('forgets the credit of a call when the next gets some', () => {
    const block = new ControlBlock();
    block.grant(1, 100);
    block.grant(2, 7);
    expect([block.call(1).grantedBytes, block.call(2).grantedBytes]).toEqual([0, 7]);
  });

  it('shows an abort to who has looked before, and has been granted credit since', () => {
    const block = new ControlBlock();
    const control = new ControlBlock(block.shared).call(5);
    const looks = [control.isAborted, control.isAborted];
    block.grant(5, 1);
    looks.push(control.isAborted);
    block.abort(5);
    expect([...looks, control.isAborted, control.isAborted]).toEqual([false, false, false, true, true]);
  });

  it('keeps stopping a call while others are cancelled that are no calls of the engine', () => {
    const block = new ControlBlock();
    block.began(5);
    block.abort(5);
    block.abort(6);
    expect(block.call(5).isAborted).toBe(true);
  });

  it('aborts what runs and all that may come', () => {
    const block = new ControlBlock();
    block.began(5);
    block.abortAll();
    block.abort(6);
    expect([block.call(5).isAborted, block.call(6).isAborted, block.call(700).isAborted]).toEqual([true, true, true]);
  });

  it('counts the calls that were answered', () => {
    const block = new ControlBlock();
    for (const id of [1, 4]) {
      block.began(id);
      block.finished();
    }
    expect([block.answered, block.isRunning]).toEqual([2, false]);
  });

  it('calls back those on its own thread, each once, when it is aborted', () => {
    const block = new ControlBlock();
    const control = block.call(3);
    const calls: string[] = [];
    control.onAbort(() => calls.push('early'));
    block.grant(3, 5);
    block.abort(2);
    expect(calls).toEqual([]);
    block.abort(3);
    block.abort(3);
    control.onAbort(() => calls.push('late'));
    expect(calls).toEqual(['early', 'late']);
  });

  it('lets its own thread wait without blocking it', async () => {
    const block = new ControlBlock();
    const control = block.call(3);
    const enough = control.whenGrantedMoreThan(9);
    block.grant(3, 9);
    block.grant(3, 1);
    await expect(enough).resolves.toBe(true);
    const never = control.whenGrantedMoreThan(10);
    block.abort(3);
    await expect(never).resolves.toBe(false);
    await expect(control.whenGrantedMoreThan(0)).resolves.toBe(false);
  });
});
