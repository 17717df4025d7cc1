import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createStderrSink } from '../../../../main/logging/stderr-sink.ts';

test('lines arrive as they are', () => {
  const stream = new PassThrough();
  createStderrSink(stream)('a line\n');
  expect(String(stream.read())).toBe('a line\n');
});

test('a stream that broke is not written to again, and breaks nothing else', () => {
  const stream = new PassThrough();
  const write = createStderrSink(stream);
  stream.emit('error', new Error('EPIPE'));
  write('lost\n');
  expect(stream.read()).toBeNull();
});
