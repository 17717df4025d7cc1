import { expect, test } from 'vitest';
import { smokeOptions } from '../../../../../main/shells/electron/smoke-options.ts';

test.each([
  ['no switch', ['/opt/aside', '/tmp/book.txt'], null],
  ['a switch', ['/opt/aside', '--smoke=/tmp/report.json'], { reportPath: '/tmp/report.json', holds: false }],
  ['both switches', ['electron', '.', '--smoke-hold', '--smoke=r.json'], { reportPath: 'r.json', holds: true }],
  ['the second alone', ['/opt/aside', '--smoke-hold'], null],
])('%s', (_, argv, options) => {
  expect(smokeOptions(argv)).toEqual(options);
});
