import { describe, expect, it } from 'vitest';
import {
  hostBrokeProtocol,
  hostExited,
  hostLeftBehind,
  hostNotReady,
  hostNotSpawned,
  hostSilent,
  hostsClosed,
  hostsGaveUp,
} from '../../../../main/hosts/host-errors.ts';
import { fromWireError, toWireError } from '../../../../protocol/errors.ts';

const exited = hostExited('espeak', 12, { exitCode: 3, signal: null }, ['last words']);

describe('the errors of hosts', () => {
  it.each([
    [{ exitCode: null, signal: 'SIGSEGV' }, 'The espeak host (pid 12) was killed by SIGSEGV'],
    [{ exitCode: 0, signal: null }, 'The espeak host (pid 12) ended with exit code 0'],
    [{ exitCode: 71, signal: null }, 'The espeak host (pid 12) ended with exit code 71'],
    [{ exitCode: 3221225477, signal: null }, 'The espeak host (pid 12) ended with exit code 3221225477 (0xC0000005)'],
    [{ exitCode: null, signal: null }, 'The espeak host (pid 12) ended'],
  ])('tell how a host ended that told %j', (exit, message) => {
    expect(hostExited('espeak', 12, exit, []).message).toBe(message);
  });

  it.each([
    ['ENOENT', 'A file of Aside is missing or may not be run. Install Aside again.'],
    ['EACCES', 'A file of Aside is missing or may not be run. Install Aside again.'],
    ['EAGAIN', 'The system has no room for another process. Close some programs and try again.'],
    ['EMFILE', 'The system has no room for another process. Close some programs and try again.'],
    ['ENOMEM', 'The system has no room for another process. Close some programs and try again.'],
  ])('advise what to do about %s', (code, remedy) => {
    const cause = Object.assign(new Error(`spawn node ${code}`), { code });
    const error = hostNotSpawned('espeak', cause, 5);
    expect([error.message, error.remedy, error.cause]).toEqual([
      `The espeak host could not be started: spawn node ${code}`,
      remedy,
      cause,
    ]);
  });

  it('tell what could not be spawned even when no Error was thrown', () => {
    expect(hostNotSpawned('espeak', 'out of luck', 0).message).toContain('out of luck');
  });

  it.each([
    [0, 'The espeak host was given up after 0 restarts; last: '],
    [1, 'The espeak host was given up after 1 restart; last: '],
    [2, 'The espeak host was given up after 2 restarts; last: '],
  ])('count %d restarts in words', (restarts, start) => {
    expect(hostsGaveUp('espeak', restarts, exited).message).toBe(`${start}${exited.message}; it wrote: last words`);
  });

  it('quote the line that tells of an error, and no remedy for one death when many have died', () => {
    const trace = ['node:internal/modules/run_main', 'Error: Cannot find module host.js', '    at load', 'Node.js v20'];
    const last = hostExited('espeak', 12, { exitCode: 1, signal: null }, trace);
    const gaveUp = hostsGaveUp('espeak', 2, last);
    expect(gaveUp.message).toMatch(/; it wrote: Error: Cannot find module host\.js$/);
    expect(gaveUp.remedy).toBe('Retry, or choose another engine.');
  });

  it.each([
    exited,
    hostLeftBehind('espeak', 12, []),
    hostSilent('espeak', 12, []),
    hostNotSpawned('espeak', new Error('no'), 5),
    hostNotReady('espeak', null, 10_000, 10_001, ['line']),
    hostBrokeProtocol('espeak', 12, 'message.kind: nonsense'),
    hostsGaveUp('espeak', 2, exited),
    hostsClosed('espeak'),
  ])('cross the wire whole: $code', (error) => {
    const arrived = fromWireError(toWireError(error));
    expect([arrived.code, arrived.message, arrived.remedy, arrived.details]).toEqual([
      error.code,
      error.message,
      error.remedy,
      error.details,
    ]);
  });
});
