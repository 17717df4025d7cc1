import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type DeadlineLimits, Deadlines } from '../../../../protocol/contract/deadlines.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function open(limits: Partial<DeadlineLimits>) {
  const exceeded: string[] = [];
  const deadlines = new Deadlines({ timeoutMs: null, progressTimeoutMs: null, ...limits }, (limit, timeoutMs) =>
    exceeded.push(`${limit} ${timeoutMs}`),
  );
  return {
    exceeded,
    progress: () => deadlines.progress(),
    pause: () => deadlines.pause(),
    resume: () => deadlines.resume(),
    clear: () => deadlines.clear(),
  };
}

const pass = (ms: number) => vi.advanceTimersByTime(ms);

test('the whole is exceeded at its limit, once', () => {
  const { exceeded } = open({ timeoutMs: 100 });
  pass(99);
  expect(exceeded).toEqual([]);
  pass(10_000);
  expect(exceeded).toEqual(['deadline 100']);
});

test('the silence is exceeded at its limit, once, also with progress after it', () => {
  const { exceeded, progress } = open({ progressTimeoutMs: 100 });
  pass(100);
  expect(exceeded).toEqual(['progress 100']);
  progress();
  pass(10_000);
  expect(exceeded).toEqual(['progress 100']);
});

test('only the first of the two is told', () => {
  const { exceeded } = open({ timeoutMs: 100, progressTimeoutMs: 50 });
  pass(10_000);
  expect(exceeded).toEqual(['progress 50']);
});

test('without limits nothing runs', () => {
  open({});
  expect(vi.getTimerCount()).toBe(0);
});

describe('a pause', () => {
  test('stops both', () => {
    const { exceeded, pause } = open({ timeoutMs: 100, progressTimeoutMs: 100 });
    pass(99);
    pause();
    pass(10_000);
    expect(exceeded).toEqual([]);
  });

  test('leaves of the whole what was left', () => {
    const { exceeded, pause, resume } = open({ timeoutMs: 100 });
    for (let i = 0; i < 4; i++) {
      pass(20);
      pause();
      pass(1_000);
      resume();
    }
    pass(19);
    expect(exceeded).toEqual([]);
    pass(1);
    expect(exceeded).toEqual(['deadline 100']);
  });

  test('starts the silence anew', () => {
    const { exceeded, pause, resume } = open({ progressTimeoutMs: 100 });
    pass(99);
    pause();
    resume();
    pass(99);
    expect(exceeded).toEqual([]);
    pass(1);
    expect(exceeded).toEqual(['progress 100']);
  });

  test('twice is a pause', () => {
    const { exceeded, pause, resume } = open({ timeoutMs: 100 });
    pass(50);
    pause();
    pass(1_000);
    pause();
    resume();
    pass(49);
    expect(exceeded).toEqual([]);
    pass(1);
    expect(exceeded).toEqual(['deadline 100']);
  });

  test('that was none ends without harm', () => {
    const { exceeded, resume } = open({ timeoutMs: 100 });
    pass(60);
    resume();
    pass(40);
    expect(exceeded).toEqual(['deadline 100']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('ends with progress', () => {
    const { exceeded, pause, progress } = open({ timeoutMs: 100 });
    pause();
    progress();
    pass(100);
    expect(exceeded).toEqual(['deadline 100']);
  });
});

describe('clear', () => {
  test('stops both for good', () => {
    const { exceeded, clear, progress, resume } = open({ timeoutMs: 100, progressTimeoutMs: 100 });
    clear();
    progress();
    resume();
    pass(10_000);
    expect({ exceeded, timers: vi.getTimerCount() }).toEqual({ exceeded: [], timers: 0 });
  });
});

test('a limit that is longer than a timer can be set for does not go off at once', () => {
  const { exceeded } = open({ timeoutMs: 3_600_000_000 });
  vi.advanceTimersByTime(1_000_000);
  expect(exceeded).toEqual([]);
});
