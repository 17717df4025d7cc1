import { expect, test, vi } from 'vitest';
import { createFileQueue } from '../../../../../main/shells/electron/file-queue.ts';

test('a file waits for the page', () => {
  const files = createFileQueue();
  const openFile = vi.fn();
  files.add('/a.txt');

  files.pageCame(openFile);

  expect(openFile.mock.calls).toEqual([['/a.txt']]);
});

test('of several that wait, the last one is opened', () => {
  const files = createFileQueue();
  const openFile = vi.fn();
  files.add('/a.txt');
  files.add('/b.txt');

  files.pageCame(openFile);

  expect(openFile.mock.calls).toEqual([['/b.txt']]);
});

test('with a page, each file is opened at once', () => {
  const files = createFileQueue();
  const openFile = vi.fn();
  files.pageCame(openFile);

  files.add('/a.txt');
  files.add('/b.txt');

  expect(openFile.mock.calls).toEqual([['/a.txt'], ['/b.txt']]);
});

test('between two pages a file waits for the next, and is opened once', () => {
  const files = createFileQueue();
  const [before, after] = [vi.fn(), vi.fn()];
  files.pageCame(before);
  files.pageWent();
  files.add('/a.txt');

  files.pageCame(after);
  files.pageWent();
  files.pageCame(after);

  expect(before).not.toHaveBeenCalled();
  expect(after.mock.calls).toEqual([['/a.txt']]);
});
