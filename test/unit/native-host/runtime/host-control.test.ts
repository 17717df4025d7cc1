import { describe, expect, it, vi } from 'vitest';
import { createControlHandlers } from '../../../../native-host/runtime/host-control.ts';
import { hostControlRequests } from '../../../../protocol/contract/host-control.ts';
import type { CallContext } from '../../../../protocol/contract/serve.ts';

const context: CallContext<never> = {
  id: 0,
  signal: new AbortController().signal,
  progress: () => {},
  starved: () => {},
  onCredit: () => {},
};

describe('createControlHandlers', () => {
  it('answers stats as the contract wants them, with the calls answered', async () => {
    const handlers = createControlHandlers({ calls: () => 7, shutDown: async () => {} });
    const stats = hostControlRequests['host.stats'].result.parse(await handlers['host.stats']({}, context));
    expect(stats.calls).toBe(7);
    expect(stats.rssBytes).toBeGreaterThan(0);
  });

  it('answers a shutdown only when the engine is closed', async () => {
    let close = (): void => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const answered = vi.fn();
    const handlers = createControlHandlers({ calls: () => 0, shutDown: () => closed });
    const answer = Promise.resolve(handlers['host.shutdown']({}, context)).then(answered);
    await Promise.resolve();
    expect(answered).not.toHaveBeenCalled();
    close();
    await answer;
    expect(answered).toHaveBeenCalledWith({});
  });
});
