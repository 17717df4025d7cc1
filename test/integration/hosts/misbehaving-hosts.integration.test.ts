import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { MAX_TAIL_LINES } from '../../../main/hosts/line-tail.ts';
import type { AsideError } from '../../../protocol/errors.ts';
import { errorOf } from '../../helpers/error-of.ts';
import { createFixturePools, isRunning } from '../../helpers/fixture-pool.ts';
import { createLineLog } from '../../helpers/line-log.ts';
import { createManualTimers } from '../../helpers/manual-timers.ts';

const say = { text: 'hello', items: 0 };

describe('hosts that misbehave', () => {
  const pools = createFixturePools();
  afterEach(() => pools.closeAll());

  describe('never-ready', () => {
    it('is killed when its time to start is over, and the waiting call says so', async () => {
      const timers = createManualTimers();
      const printed = createLineLog();
      const launcher = createForkLauncher({ log: printed.log });
      const pool = pools.open('never-ready', { launcher, timers, restartLimits: { maxFailedStarts: 1 } });
      const failed = errorOf(pool.request('echo.say', say));
      await printed.until('looking for the engine');
      const [{ pid } = { pid: null }] = pool.status();
      timers.advance(10_000);
      const message = `The scripted host (pid ${pid}) was not ready within 10000 ms`;
      expect(await failed).toMatchObject({
        code: 'host-gave-up',
        details: { engine: 'scripted', restarts: 0, lastError: message },
      });
      expect(pool.status()).toMatchObject([
        {
          pid: null,
          state: 'gave-up',
          lastError: { code: 'host-start', message, details: { stderrTail: ['looking for the engine'] } },
        },
      ]);
      expect(isRunning(pid as number)).toBe(false);
    });
  });

  describe('crash-on-start', () => {
    it('is given up after three starts, with the last exit and what it said', async () => {
      const pool = pools.open('crash-on-start');
      const error = await errorOf(pool.request('echo.say', say));
      const last = `The scripted host (pid ${pool.pids[2]}) ended with exit code 7`;
      expect(error).toMatchObject({
        code: 'host-gave-up',
        message: `The scripted host was given up after 2 restarts; last: ${last}; it wrote: the engine library is damaged`,
        details: { engine: 'scripted', restarts: 2, lastError: last },
      });
      expect(pool.pids).toHaveLength(3);
      expect(pool.status()).toMatchObject([
        {
          state: 'gave-up',
          pid: null,
          restarts: 2,
          lastError: { details: { stderrTail: ['the engine library is damaged'] } },
        },
      ]);
    });

    it('rejects later calls at once, and starts nothing for them', async () => {
      const pool = pools.open('crash-on-start');
      const first = await errorOf(pool.request('echo.say', say));
      expect(await errorOf(pool.request('echo.say', say))).toBe(first);
      pool.warm();
      expect(pool.status()).toMatchObject([{ state: 'gave-up', pid: null }]);
    });

    it('runs calls after a retry once its cause is gone', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'hosts-'));
      try {
        const cure = join(folder, 'cure');
        const pool = pools.open('crash-on-start', { args: [cure] });
        await errorOf(pool.request('echo.say', say));
        writeFileSync(cure, '');
        pool.retry();
        expect(await pool.request('echo.say', say)).toMatchObject({ text: 'hello' });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('is given up again after a retry that did not help', async () => {
      const pool = pools.open('crash-on-start');
      await errorOf(pool.request('echo.say', say));
      pool.retry();
      expect((await errorOf(pool.request('echo.say', say))).code).toBe('host-gave-up');
      expect(pool.pids).toHaveLength(6);
    });
  });

  describe('crash-mid-request', () => {
    it('rejects its call with signal, request and last words', async () => {
      const pool = pools.open('crash-mid-request');
      let pid = 0;
      const error = await errorOf(pool.request('echo.say', say, { onAssigned: (assigned) => (pid = assigned) }));
      expect(error).toMatchObject({
        code: 'host-exited',
        message: `The scripted host (pid ${pid}) was killed by SIGSEGV while it answered echo.say`,
        details: {
          pid,
          exitCode: null,
          signal: 'SIGSEGV',
          request: 'echo.say',
          stderrTail: ['about to touch the wrong page'],
        },
      });
      expect(error.remedy).not.toBe('');
    });

    it('is replaced at once, and the replacement knows how often and why', async () => {
      const pool = pools.open('crash-mid-request', { spares: 0 });
      await errorOf(pool.request('echo.say', say));
      const [status] = await pool.until(([slot]) => slot?.state === 'ready');
      expect(status).toMatchObject({ restarts: 1, calls: 0, request: null, lastError: { code: 'host-exited' } });
    });

    it('does not use up the budget when one bad text is tried again and again', async () => {
      const pool = pools.open('crash-mid-request', { args: ['--silent'] });
      for (let attempt = 0; attempt < 10; attempt += 1) {
        expect((await errorOf(pool.request('echo.say', say))).code).toBe('host-exited');
      }
      const abort = new AbortController();
      const next = pool.start('echo.wait', {}, { signal: abort.signal, onProgress: () => abort.abort() });
      expect((await errorOf(next.result)).code).toBe('request-cancelled');
    });

    it('does use up the budget when every host dies of its first call without end', async () => {
      const pool = pools.open('crash-mid-request', {
        args: ['--silent'],
        restartLimits: { maxRestarts: 3 },
        spares: 0,
      });
      const codes: string[] = [];
      for (let attempt = 0; attempt < 5; attempt += 1) codes.push((await errorOf(pool.request('echo.say', say))).code);
      expect(codes).toEqual([...Array(4).fill('host-exited'), 'host-gave-up']);
    });
  });

  describe('crash-when-idle', () => {
    it('is given up when its budget is spent, though it always became ready', async () => {
      const pool = pools.open('crash-when-idle', { restartLimits: { maxRestarts: 2, backOffMs: [0] } });
      pool.warm();
      const [slot] = await pool.until(([status]) => status?.state === 'gave-up');
      expect(slot).toMatchObject({ restarts: 2, lastError: { details: { exitCode: 9, request: null } } });
    });
  });

  describe('exit-zero-early', () => {
    it('rejects its call although the exit code is 0', async () => {
      const error = await errorOf(pools.open('exit-zero-early').request('echo.say', say));
      expect(error).toMatchObject({
        code: 'host-exited',
        details: { exitCode: 0, signal: null, request: 'echo.say', stderrTail: [] },
      });
    });
  });

  describe('hangs', () => {
    it('rejects a cancelled call at once, then kills the deaf host, and only then settles', async () => {
      const pool = pools.open('hangs');
      const abort = new AbortController();
      let pid = 0;
      const call = pool.start(
        'echo.wait',
        {},
        {
          signal: abort.signal,
          onAssigned: (assigned) => (pid = assigned),
          onProgress: () => abort.abort(),
        },
      );
      expect((await errorOf(call.result)).code).toBe('request-cancelled');
      expect(isRunning(pid)).toBe(true);
      await call.settled;
      expect(isRunning(pid)).toBe(false);
    });

    it('gives the next call to the spare while the deaf host still drains', async () => {
      // A grace period that does not end shows that nobody waits for it.
      const pool = pools.open('hangs', { cancelGraceMs: 1_000_000, endingDelays: { shutdownMs: 1 } });
      const assigned: number[] = [];
      const wait = (): Promise<unknown> => {
        const abort = new AbortController();
        const onAssigned = (pid: number): unknown => assigned.push(pid);
        return pool.request('echo.wait', {}, { signal: abort.signal, onAssigned, onProgress: () => abort.abort() });
      };
      await errorOf(wait());
      await errorOf(wait());
      expect(new Set(assigned).size).toBe(2);
      expect(pool.status().filter(({ state }) => state === 'draining')).toHaveLength(2);
    });

    it('takes a deadline for a cancel', async () => {
      const pool = pools.open('hangs');
      const call = pool.start('echo.say', say, { timeoutMs: 20 });
      expect(await errorOf(call.result)).toMatchObject({
        code: 'request-timeout',
        details: { request: 'echo.say', limit: 'deadline', timeoutMs: 20 },
      });
      await call.settled;
    });

    it('counts the kill of a deaf host neither as a crash nor against the budget', async () => {
      const pool = pools.open('hangs', { restartLimits: { maxRestarts: 0, maxFailedStarts: 1 }, spares: 0 });
      for (let round = 0; round < 3; round += 1) {
        const call = pool.start('echo.say', say, { timeoutMs: 1 });
        await errorOf(call.result);
        await call.settled;
      }
      expect(await pool.until(([slot]) => slot?.state === 'ready')).toMatchObject([{ restarts: 0, lastError: null }]);
      expect(pool.pids).toHaveLength(4);
    });
  });

  describe('a host that is stopped', () => {
    it('is found deaf, killed and replaced', async () => {
      const pool = pools.open('echo', { spares: 0 });
      const onAssigned = (pid: number): unknown => process.kill(pid, 'SIGSTOP');
      const call = pool.start('echo.say', say, { timeoutMs: 20, onAssigned });
      expect((await errorOf(call.result)).code).toBe('request-timeout');
      await call.settled;
      expect(await pool.request('echo.say', say)).toMatchObject({ pid: pool.pids[1] });
      expect(pool.pids.map(isRunning)).toEqual([false, true]);
    });
  });

  describe('a host that is stopped during a call without deadlines', () => {
    it('is found silent, killed and replaced, and the call is tried again by its policy', async () => {
      const timers = createManualTimers();
      const pool = pools.open('echo', { timers, now: timers.now, size: 1 });
      const asked = async (count: number): Promise<void> => {
        await new Promise(setImmediate); // what was sent before is on its way
        timers.advance(count);
      };
      const call = pool.start('echo.say', say, {
        retry: { times: 1 },
        onAssigned: (pid) => call.attempts === 1 && process.kill(pid, 'SIGSTOP'),
      });
      await pool.until(([slot]) => slot?.request === 'echo.say');
      for (const ms of [30_000, 5_000, 5_000]) await asked(ms);
      expect(await call.result).toMatchObject({ pid: pool.pids[1] });
      expect(pool.exits()).toMatchObject([{ pid: pool.pids[0], reason: 'silent', signal: 'SIGKILL' }]);
      expect(pool.pids.map(isRunning)).toEqual([false, true]);
    });
  });

  describe('ignores-shutdown', () => {
    it('is asked, told and killed when the pool closes', async () => {
      const pool = pools.open('ignores-shutdown', { endingDelays: { shutdownMs: 20, terminateMs: 200 } });
      pool.warm();
      const [{ pid } = { pid: null }] = await pool.until(([slot]) => slot?.state === 'ready');
      pool.close();
      await pool.join();
      expect(isRunning(pid as number)).toBe(false);
      expect(pool.printed.lines.map(({ line }) => line)).toEqual(['not now']);
    });
  });

  describe('closes-channel', () => {
    it('rejects its call and is ended', async () => {
      const pool = pools.open('closes-channel');
      const error = await errorOf(pool.request('echo.say', say));
      expect(error).toMatchObject({ code: 'host-exited', details: { signal: 'SIGKILL', request: 'echo.say' } });
    });
  });

  describe('stray-stdout', () => {
    it('does no harm, and is logged with the rest', async () => {
      const pool = pools.open('stray-stdout');
      expect(await pool.request('echo.say', say)).toMatchObject({ text: 'hello' });
      await pool.terminate();
      expect(pool.printed.lines.map(({ line }) => line)).toEqual([
        '{"kind":"event","name":"host.ready"}',
        '{"kind":"result","id":0,"result":{}}',
        'no line break at the end',
      ]);
    });
  });

  describe('floods-stderr', () => {
    it('is answered, drained and remembered only by its last lines', async () => {
      const pool = pools.open('floods-stderr');
      expect(await pool.request('echo.say', say)).toMatchObject({ text: 'hello' });
      await pool.printed.until('last words');
      const wait = pool.start('echo.say', say, { onAssigned: (pid) => process.kill(pid, 'SIGKILL') });
      const { details } = (await errorOf(wait.result)) as AsideError<'host-exited'>;
      expect(details.stderrTail).toHaveLength(MAX_TAIL_LINES);
      expect(details.stderrTail.at(-1)).toBe('last words');
    });
  });

  describe('sends-garbage', () => {
    it.each([
      ['text', 'message: Invalid input: expected object, received string'],
      ['number', 'message: Invalid input: expected object, received number'],
      ['unknown-kind', 'message.kind: '],
      ['unknown-event', 'message.name: no event named "echo.heard"'],
      ['unknown-key', 'message: Unrecognized key: "extra"'],
      ['wrong-progress', 'echo.say.progress.index: '],
      ['wrong-error', 'message.error.code: '],
    ])('is killed for %s in place of an answer, and its call says what came', async (way, got) => {
      const pool = pools.open('sends-garbage', { args: [way], spares: 0 });
      const call = pool.start('echo.say', say);
      const error = await errorOf(call.result);
      expect(error).toMatchObject({ code: 'host-protocol', details: { pid: pool.pids[0] } });
      expect((error as AsideError<'host-protocol'>).details.got).toContain(got);
      await call.settled;
      expect(isRunning(pool.pids[0] as number)).toBe(false);
    });

    it('is killed for a result that does not fit, and the call says where', async () => {
      const pool = pools.open('sends-garbage', { args: ['wrong-result'], spares: 0 });
      const call = pool.start('echo.say', say);
      expect(await errorOf(call.result)).toMatchObject({ code: 'contract', details: { path: 'echo.say.result.text' } });
      await call.settled;
      expect(isRunning(pool.pids[0] as number)).toBe(false);
      expect(pool.status()).toMatchObject([{ lastError: { code: 'host-protocol' } }]);
    });

    it('is not started again when garbage is its greeting', async () => {
      const pool = pools.open('sends-garbage', { args: ['text', '--first'] });
      expect((await errorOf(pool.request('echo.say', say))).code).toBe('host-protocol');
      expect(pool.pids).toHaveLength(1);
    });
  });

  describe('wrong-version', () => {
    it.each([
      [['echo', '2'], 'version 2 of the contract "echo" instead of version 1 of "echo"'],
      [['tiger', '1'], 'version 1 of the contract "tiger" instead of version 1 of "echo"'],
    ])('of %j is refused, killed and not started again', async (args, got) => {
      const pool = pools.open('wrong-version', { args });
      const error = await errorOf(pool.request('echo.say', say));
      const [pid] = pool.pids;
      expect(error).toMatchObject({ code: 'host-protocol', details: { pid, got } });
      expect(pool.pids).toHaveLength(1);
      expect(isRunning(pid as number)).toBe(false);
    });
  });

  describe('engine-unavailable', () => {
    it('gives its own error and remedy to waiting and later calls, and is not started again', async () => {
      const pool = pools.open('engine-unavailable');
      const waiting = [pool.request('echo.say', say), pool.request('echo.say', say)].map(errorOf);
      const expected = { code: 'engine-unavailable', message: 'no engine here', remedy: 'Install one.' };
      expect(await Promise.all(waiting)).toMatchObject([expected, expected]);
      expect(await errorOf(pool.request('echo.say', say))).toMatchObject(expected);
      expect(pool.status()).toMatchObject([{ state: 'gave-up', pid: null, lastError: expected }]);
      expect(pool.pids).toHaveLength(1);
    });

    it('is made to leave when it does not leave by itself', async () => {
      const endingDelays = { shutdownMs: 20, terminateMs: 20 };
      const pool = pools.open('engine-unavailable', { args: ['--stays'], endingDelays });
      expect((await errorOf(pool.request('echo.say', say))).code).toBe('engine-unavailable');
      expect(isRunning(pool.pids[0] as number)).toBe(false);
    });
  });

  describe('slow-start', () => {
    it('is waited for', async () => {
      const pool = pools.open('slow-start', { args: ['300'] });
      expect(await pool.request('echo.say', say)).toMatchObject({ text: 'hello' });
    });

    it('does not keep a call that is cancelled meanwhile', async () => {
      const pool = pools.open('slow-start', { args: ['300'], spares: 0 });
      const abort = new AbortController();
      let isAssigned = false;
      const onAssigned = (): void => {
        isAssigned = true;
      };
      const call = pool.start('echo.say', say, { signal: abort.signal, onAssigned });
      await pool.until(([slot]) => slot?.state === 'starting');
      abort.abort();
      expect((await errorOf(call.result)).code).toBe('request-cancelled');
      await call.settled;
      await pool.until(([slot]) => slot?.state === 'ready');
      expect([isAssigned, pool.status()[0]?.request]).toEqual([false, null]);
    });

    it('keeps the credit that was granted before it was ready', async () => {
      const pool = pools.open('slow-start', { args: ['100'] });
      const items: number[] = [];
      const onProgress = ({ bytes }: { bytes: Uint8Array }): unknown => items.push(bytes.length);
      const call = pool.start('echo.pour', { totalBytes: 10 }, { onProgress });
      call.credit(3);
      call.credit(4);
      await pool.until(([slot]) => slot?.request === 'echo.pour');
      call.credit(3);
      await call.result;
      expect(items).toEqual([7, 3]);
    });
  });
});
