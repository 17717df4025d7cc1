import { expect, test, vi } from 'vitest';
import { createPortEnd } from '../../../../main/shells/port-end.ts';
import { AsideError } from '../../../../protocol/errors.ts';

const gone = new AsideError('disconnected', 'gone', { details: {} });

test('keeps messages for a listener that comes later, in order', () => {
  const end = createPortEnd();
  const heard: unknown[] = [];
  end.deliver(1);
  end.deliver(2);

  end.onMessage((message) => heard.push(message));
  end.deliver(3);

  expect(heard).toEqual([1, 2, 3]);
});

test('a second listener takes the place of the first', () => {
  const end = createPortEnd();
  const [first, second] = [vi.fn(), vi.fn()];
  end.onMessage(first);
  end.onMessage(second);

  end.deliver(1);

  expect([first.mock.calls, second.mock.calls]).toEqual([[], [[1]]]);
});

test('drops messages once closed', () => {
  const end = createPortEnd();
  const listener = vi.fn();
  end.deliver(0);
  end.closed(gone);

  end.deliver(1);
  end.onMessage(listener);

  expect(listener).not.toHaveBeenCalled();
});

test('a listener that closes gets no more of the messages that were kept', () => {
  const end = createPortEnd();
  const heard: unknown[] = [];
  end.deliver(1);
  end.deliver(2);

  end.onMessage((message) => {
    heard.push(message);
    end.closed(gone);
  });

  expect(heard).toEqual([1]);
});

test('tells each close listener why, once', () => {
  const end = createPortEnd();
  const listeners = [vi.fn(), vi.fn()];
  for (const listener of listeners) end.onClose(listener);

  const results = [end.closed(gone), end.closed(new AsideError('internal', 'again', { details: {} }))];

  expect(results).toEqual([true, false]);
  for (const listener of listeners) expect(listener.mock.calls).toEqual([[gone]]);
});

test('tells a close listener that comes after the close, and not before it has returned', async () => {
  const end = createPortEnd();
  end.closed(gone);
  const listener = vi.fn();

  end.onClose(listener);
  expect(listener).not.toHaveBeenCalled();
  await Promise.resolve();

  expect(listener.mock.calls).toEqual([[gone]]);
});
