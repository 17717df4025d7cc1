import { describe, expect, it } from 'vitest';
import { ControlBlock } from '../../../../native-host/runtime/control-block.ts';

/** The waiting itself needs a second thread: see credit-meter.test.ts. */
describe('ControlBlock', () => {
  it('begins without credit and not aborted', () => {
    const control = new ControlBlock();
    expect([control.grantedBytes, control.isAborted]).toEqual([0, false]);
  });

  it('shows on one side what the other side wrote', () => {
    const control = new ControlBlock();
    const other = new ControlBlock(control.shared);
    control.grant(5);
    control.grant(6);
    control.abort();
    expect([other.grantedBytes, other.isAborted]).toEqual([11, true]);
  });

  it('does not wait for what was granted before', () => {
    const control = new ControlBlock();
    control.grant(5);
    expect(control.waitUntilGrantedMoreThan(4)).toBe(true);
  });

  it('does not wait once aborted, whatever was granted', () => {
    const control = new ControlBlock();
    control.grant(5);
    control.abort();
    expect(control.waitUntilGrantedMoreThan(4)).toBe(false);
  });

  it('counts each byte of many small grants', () => {
    const control = new ControlBlock();
    for (let i = 0; i < 10_000; i++) control.grant(1);
    expect(control.grantedBytes).toBe(10_000);
  });

  it('calls back those on its own thread, each once, when it is aborted', () => {
    const control = new ControlBlock();
    const calls: string[] = [];
    control.onAbort(() => calls.push('early'));
    control.grant(5);
    expect(calls).toEqual([]);
    control.abort();
    control.abort();
    control.onAbort(() => calls.push('late'));
    expect(calls).toEqual(['early', 'late']);
  });

  it('lets its own thread wait without blocking it', async () => {
    const control = new ControlBlock();
    const enough = control.whenGrantedMoreThan(9);
    control.grant(9);
    control.grant(1);
    await expect(enough).resolves.toBe(true);
    const never = control.whenGrantedMoreThan(10);
    control.abort();
    await expect(never).resolves.toBe(false);
    await expect(control.whenGrantedMoreThan(0)).resolves.toBe(false);
  });
});
