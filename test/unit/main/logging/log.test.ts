import { expect, test } from 'vitest';
import { createLog, type LogLevel, parseLogLevel } from '../../../../main/logging/log.ts';
import { AsideError } from '../../../../protocol/errors.ts';

function collectingLog(level: LogLevel) {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), level, now: () => new Date(0) });
  return { log, lines };
}

test('an entry is one line of time, level, message and fields', () => {
  const { log, lines } = collectingLog('debug');
  log.warn('host exited', { pid: 12, signal: null, engine: 'espeak' });
  expect(lines).toEqual(['1970-01-01T00:00:00.000Z warn host exited pid=12 signal=null engine=espeak\n']);
});

test('entries below the level are not written', () => {
  const { log, lines } = collectingLog('warn');
  log.debug('a');
  log.info('b');
  log.warn('c');
  log.error('d');
  expect(lines.map((line) => line.split(' ')[1])).toEqual(['warn', 'error']);
});

test('an AsideError in a field is told by its code and message, without a stack', () => {
  const { log, lines } = collectingLog('info');
  log.error('failed', {
    error: new AsideError('file', 'no space left', { details: { path: '/a', reason: 'ENOSPC' } }),
  });
  expect(lines[0]).toContain('error="file: no space left"\n');
});

test('any other error in a field keeps its stack', () => {
  const { log, lines } = collectingLog('info');
  log.error('failed', { error: new TypeError('x is undefined') });
  expect(lines[0]).toMatch(/error="TypeError: x is undefined\\n {4}at /);
});

test('line breaks and control characters in messages and values cannot forge a second line', () => {
  const { log, lines } = collectingLog('info');
  log.info('one\ntwo\u001b[2J', { name: 'a\r\nb c="d"' });
  expect(lines).toEqual(['1970-01-01T00:00:00.000Z info one\\u000atwo\\u001b[2J name="a\\r\\nb c=\\"d\\""\n']);
});

test('a value that JSON cannot hold does not make logging fail', () => {
  const { log, lines } = collectingLog('info');
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  log.info('odd', { circular, big: 10n, missing: undefined });
  expect(lines[0]).toContain('circular="[object Object]" big=10 missing=undefined\n');
});

test('a long value is clipped', () => {
  const { log, lines } = collectingLog('info');
  log.info('long', { text: 'x'.repeat(100_000) });
  expect(lines[0]?.length).toBeLessThan(5_000);
});

test('a level is found by its name in any case, and only by a name there is', () => {
  expect(['DEBUG', ' warn ', 'loud', '', undefined].map(parseLogLevel)).toEqual([
    'debug',
    'warn',
    undefined,
    undefined,
    undefined,
  ]);
});
