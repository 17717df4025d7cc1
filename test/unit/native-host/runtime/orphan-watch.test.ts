import { describe, expect, it, vi } from 'vitest';
import type { Libc } from '../../../../native-host/runtime/libc.ts';
import { watchParent } from '../../../../native-host/runtime/orphan-watch.ts';

/** That the kernel then does it is seen in test/integration/native-host/orphans.integration.test.ts. */
describe.skipIf(process.platform !== 'linux')('watchParent (Linux)', () => {
  const asked = vi.fn(() => true);
  const libc: Libc = { killWithParent: asked, duplicate: () => true, exitNow: vi.fn<() => never>() };

  it('asks the kernel and leaves a host alone whose parent lives', () => {
    const onOrphaned = vi.fn();
    watchParent(libc, process.ppid, onOrphaned);
    expect([asked.mock.calls.length, onOrphaned.mock.calls.length]).toEqual([1, 0]);
  });

  it('ends a host whose parent died before the kernel was asked', () => {
    const onOrphaned = vi.fn();
    watchParent(libc, process.ppid + 1, onOrphaned);
    expect(onOrphaned).toHaveBeenCalledOnce();
  });
});
