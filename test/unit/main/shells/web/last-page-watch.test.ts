import { expect, test, vi } from 'vitest';
import { RELOAD_GRACE_MS, watchLastPage } from '../../../../../main/shells/web/last-page-watch.ts';
import { createManualTimers } from '../../../../helpers/manual-timers.ts';

test('tells once, whatever pages come and go afterwards', () => {
  const timers = createManualTimers();
  const onNoPageLeft = vi.fn();
  const watch = watchLastPage(onNoPageLeft, null, timers);
  for (let visit = 0; visit < 2; visit += 1) {
    watch.pageOpened();
    watch.pageClosed();
    timers.advance(RELOAD_GRACE_MS);
  }

  expect(onNoPageLeft).toHaveBeenCalledOnce();
});
