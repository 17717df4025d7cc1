import { describe, expect, it } from 'vitest';
import { watchPulse } from '../../../../main/hosts/host-pulse.ts';
import { createDeferred, type Deferred } from '../../../../protocol/contract/deferred.ts';
import { settle } from '../../../helpers/fake-launcher.ts';
import { createManualTimers } from '../../../helpers/manual-timers.ts';

function watch() {
  const timers = createManualTimers();
  const pings: Deferred<void>[] = [];
  let losses = 0;
  const stop = watchPulse({
    intervalMs: 1_000,
    ping: () => {
      const ping = createDeferred<void>();
      pings.push(ping);
      return ping.promise;
    },
    onLost: () => {
      losses += 1;
    },
    timers,
  });
  const answer = async (how: 'resolve' | 'reject'): Promise<void> => {
    pings.at(-1)?.[how](undefined);
    await settle();
  };
  return { timers, pings, answer, stop, losses: () => losses };
}

describe('the pulse of a host', () => {
  it('is felt after each interval, as long as there is one', async () => {
    const { timers, pings, answer } = watch();
    for (let count = 0; count < 3; count += 1) {
      timers.advance(999);
      expect(pings).toHaveLength(count);
      timers.advance(1);
      expect(pings).toHaveLength(count + 1);
      await answer('resolve');
    }
  });

  it('is lost when two questions in a row stay unanswered, and that is told once', async () => {
    const { timers, pings, answer, losses } = watch();
    timers.advance(1_000);
    await answer('reject');
    expect([pings.length, losses()]).toEqual([2, 0]);
    await answer('reject');
    timers.advance(10_000);
    expect([pings.length, losses(), timers.pending]).toEqual([2, 1, 0]);
  });

  it('may be late once', async () => {
    const { timers, answer, losses } = watch();
    for (const how of ['reject', 'resolve', 'reject', 'resolve'] as const) {
      timers.advance(how === 'reject' ? 1_000 : 0);
      await answer(how);
    }
    expect(losses()).toBe(0);
  });

  it('is nobody’s business when the watch is over', async () => {
    const idle = watch();
    idle.stop();
    idle.timers.advance(1_000);
    expect(idle.pings).toEqual([]);
    const asked = watch();
    asked.timers.advance(1_000);
    asked.stop();
    await asked.answer('reject');
    expect([asked.pings.length, asked.losses(), asked.timers.pending]).toEqual([1, 0, 0]);
  });
});
