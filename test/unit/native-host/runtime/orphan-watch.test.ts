import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Libc } from '../../../../native-host/runtime/libc.ts';
import { watchParent } from '../../../../native-host/runtime/orphan-watch.ts';

/** That the kernel then does it is seen in test/integration/native-host/orphans.integration.test.ts. */
describe.skipIf(process.platform !== 'linux')('watchParent (Linux)', () => {
  const asked = vi.fn(() => true);
  const libc: Libc = { killWithParent: asked, duplicate: () => true, exitNow: vi.fn<() => never>() };

  beforeEach(() => void asked.mockClear());

  it('asks the kernel and leaves a host alone whose parent lives', () => {
    const onOrphaned = vi.fn();
    watchParent(libc, process.ppid, onOrphaned);
    expect([asked.mock.calls.length, onOrphaned.mock.calls.length]).toEqual([1, 0]);
  });

  it('says so when the kernel refuses', () => {
    asked.mockReturnValueOnce(false);
    expect(() => watchParent(libc, process.ppid, () => {})).toThrowError(expect.objectContaining({ code: 'internal' }));
  });

  it('ends a host whose parent died before the kernel was asked', () => {
    const onOrphaned = vi.fn();
    watchParent(libc, process.ppid + 1, onOrphaned);
    expect(onOrphaned).toHaveBeenCalledOnce();
  });
});
