import { afterEach, describe, expect, it } from 'vitest';
import type { HostLog } from '../../main/hosts/launched-host.ts';
import type { HostExit, LaunchedHost, Launcher, LaunchOptions } from '../../main/hosts/launcher.ts';
import { MAX_LINE_CHARS, MAX_TAIL_LINES } from '../../main/hosts/line-tail.ts';
import type { AsideError } from '../../protocol/errors.ts';
import { fixturePath } from '../fixtures/hosts/fixture-path.ts';
import { createLineLog } from '../helpers/line-log.ts';

/** Windows has no signal that a process could hear: to terminate is to kill there. */
const isWindows = process.platform === 'win32';

export interface LauncherTraits {
  /** Whether the launcher can tell by which signal a host was killed. */
  readonly knowsSignals: boolean;
}

/** Whatever starts a host must keep these promises of `launcher.ts` and `port.ts`. */
export function launcherConformance(
  name: string,
  make: (log: HostLog) => Launcher,
  { knowsSignals }: LauncherTraits,
): void {
  describe(`${name} launcher`, () => {
    const launched: LaunchedHost[] = [];
    let lineLog = createLineLog();

    afterEach(async () => {
      for (const host of launched) host.kill('kill');
      await Promise.all(launched.map((host) => host.exited));
      launched.length = 0;
      lineLog = createLineLog();
    });

    function launch(options: Partial<LaunchOptions> = {}): LaunchedHost {
      const launcher = make(lineLog.log);
      const probe = { engine: 'scripted', entryPath: fixturePath('launcher-probe'), args: [] };
      const host = launcher.launch({ ...probe, ...options });
      launched.push(host);
      return host;
    }

    /** A host that has said hello, and a way to await its next messages. */
    async function launchProbe(options: Partial<LaunchOptions> = {}): Promise<Probe> {
      const probe = createProbe(launch(options));
      expect(await probe.next()).toEqual({ hello: probe.host.pid });
      return probe;
    }

    it('carries plain data both ways unchanged', async () => {
      const probe = await launchProbe();
      const value = {
        text: 'ä😀\ud800',
        none: undefined,
        nil: null,
        list: [1.5, -0, true],
        pcm: new Uint8Array([0, 255]),
      };
      probe.host.port.send({ do: 'echo', value });
      expect(await probe.next()).toEqual({ echo: value });
    });

    it('carries a message of megabytes whole', async () => {
      const probe = await launchProbe();
      const value = new Uint8Array(8_000_000).fill(7);
      probe.host.port.send({ do: 'echo', value });
      const { echo } = (await probe.next()) as { echo: Uint8Array };
      expect(Buffer.compare(echo, value)).toBe(0);
    });

    it('keeps messages in order', async () => {
      const probe = await launchProbe();
      probe.host.port.send({ do: 'count', to: 5_000 });
      const received = [];
      while (received.length < 5_000) received.push(await probe.next());
      expect(received).toEqual(Array.from({ length: 5_000 }, (_, n) => ({ n })));
    });

    it('keeps messages that arrive before there is a listener', async () => {
      const host = launch();
      host.port.send({ do: 'print', stderr: 'printed\n' });
      await lineLog.until('printed');
      const { next } = createProbe(host);
      expect([await next(), await next()]).toEqual([{ hello: host.pid }, { printed: true }]);
    });

    it('hands over arguments and environment, and none of its own execution flags', async () => {
      const probe = await launchProbe({ args: ['--engine', 'a b'], env: { PROBE_MARKER: 'seen' } });
      probe.host.port.send({ do: 'env', name: 'PROBE_MARKER' });
      expect(await probe.next()).toEqual({ env: 'seen', args: ['--engine', 'a b'], execArgv: [] });
    });

    it('knows the pid and that the host runs, until it has ended', async () => {
      const { host } = await launchProbe();
      const pid = host.pid;
      expect([typeof pid, host.isRunning]).toEqual(['number', true]);
      host.port.send({ do: 'exit', code: 0 });
      await host.exited;
      expect([host.pid, host.isRunning]).toEqual([pid, false]);
    });

    it('tells exit code and last words when a host ends by itself', async () => {
      const { host } = await launchProbe();
      const why = closeOf(host);
      host.port.send({ do: 'exit', code: 3, lastWords: 'no voice left\n' });
      expect(await host.exited).toEqual({ exitCode: 3, signal: null });
      expect(await why).toMatchObject({
        code: 'host-exited',
        message: `The scripted host (pid ${host.pid}) ended with exit code 3`,
        details: { pid: host.pid, exitCode: 3, signal: null, request: null, stderrTail: ['no voice left'] },
      });
    });

    it('delivers what a host said before it ended, and only then closes', async () => {
      const { host, next } = await launchProbe();
      const order: string[] = [];
      host.port.onClose(() => order.push('close'));
      void host.exited.then(() => order.push('exited'));
      host.port.send({ do: 'answerAndExit', code: 0 });
      await next().then(() => order.push('last message'));
      await host.exited;
      expect(order).toEqual(['last message', 'close', 'exited']);
    });

    it.skipIf(isWindows)('lets a terminated host clean up (POSIX)', async () => {
      const probe = await launchProbe();
      probe.host.port.send({ do: 'cleanUpOnTerminate' });
      await probe.next();
      probe.host.kill('terminate');
      expect(await probe.host.exited).toEqual({ exitCode: 5, signal: null });
      expect(probe.host.stderrTail()).toEqual(['cleaned up']);
    });

    it.skipIf(isWindows)('kills a host that does not hear the signal to terminate (POSIX)', async () => {
      const probe = await launchProbe();
      probe.host.port.send({ do: 'deafen' });
      await probe.next();
      probe.host.kill('terminate');
      await lineLog.until('not now');
      probe.host.kill('kill');
      expect((await probe.host.exited).signal).toBe(knowsSignals ? 'SIGKILL' : null);
    });

    it('ends a host that is killed right after its launch', async () => {
      const host = launch({ entryPath: fixturePath('ignores-shutdown') });
      host.kill('kill');
      const exit: HostExit = await host.exited;
      expect(host.isRunning).toBe(false);
      expect(exit.exitCode === null ? exit.signal : exit.exitCode).not.toBe(0);
    });

    it('drops what is sent to a host that has ended, and signals nobody in its place', async () => {
      const { host } = await launchProbe();
      host.port.onClose(() => host.port.send({ do: 'echo', value: 'in the listener' }));
      host.port.send({ do: 'exit', code: 0 });
      await host.exited;
      expect(() => {
        host.port.send({ do: 'echo', value: 'after the end' });
        host.kill('terminate');
        host.kill('kill');
        host.port.close();
      }).not.toThrow();
    });

    it('throws for a message that cannot be sent at all, and goes on', async () => {
      const { host, next } = await launchProbe();
      expect(() => host.port.send({ do: () => {} })).toThrow();
      host.port.send({ do: 'echo', value: 'still here' });
      expect(await next()).toEqual({ echo: 'still here' });
    });

    it('tells why it closed to a listener that comes late', async () => {
      const { host } = await launchProbe();
      host.port.send({ do: 'exit', code: 4 });
      await host.exited;
      expect((await closeOf(host)).details).toMatchObject({ exitCode: 4 });
    });

    it('closes from this side once, with the reason given, and the host leaves', async () => {
      const { host } = await launchProbe();
      const reasons: string[] = [];
      host.port.onClose((why) => reasons.push(why.code));
      host.port.close();
      host.port.close();
      await host.exited;
      expect(reasons).toEqual(['disconnected']);
    });

    it('folds stdout into stderr, line by line, with the pid', async () => {
      const { host, next } = await launchProbe();
      host.port.send({ do: 'print', stdout: 'one\ntwo\n', stderr: '\u001b[31mthree\u001b[0m\r\n\nfour\n' });
      await next();
      await lineLog.until('four');
      await lineLog.until('two');
      expect(lineLog.lines.map(({ line }) => line).sort()).toEqual(['four', 'one', 'three', 'two']);
      expect(new Set(lineLog.lines.map(({ pid }) => pid))).toEqual(new Set([host.pid]));
    });

    it('keeps a bounded tail of clipped lines however much a host writes', async () => {
      const { host, next } = await launchProbe();
      host.port.send({ do: 'print', stderr: `${'line\n'.repeat(200_000)}${'x'.repeat(2_000_000)}` });
      await next();
      host.port.send({ do: 'exit', code: 0, lastWords: '\nend' });
      await host.exited;
      const tail = host.stderrTail();
      expect(tail).toHaveLength(MAX_TAIL_LINES);
      expect(tail.slice(-2)).toEqual([`${'x'.repeat(MAX_LINE_CHARS)}…`, 'end']);
    });

    it('tells that the entry file does not exist', async () => {
      const host = launch({ entryPath: fixturePath('launcher-probe').replace('probe', 'gone') });
      const why = await closeOf(host);
      expect(['host-exited', 'host-start']).toContain(why.code);
      expect((await host.exited).exitCode).not.toBe(0);
      expect(host.stderrTail().join('\n')).toContain('launcher-gone.mjs');
    });

    it('does not wait for a child of the host that keeps its streams open', async () => {
      const probe = await launchProbe();
      probe.host.port.send({ do: 'breed' });
      const { child } = (await probe.next()) as { child: number };
      probe.host.port.send({ do: 'exit', code: 0 });
      expect(await probe.host.exited).toEqual({ exitCode: 0, signal: null });
      process.kill(child, 'SIGKILL');
    });
  });
}

export interface Probe {
  readonly host: LaunchedHost;
  /** The next message of the host. */
  next(): Promise<unknown>;
}

export function createProbe(host: LaunchedHost): Probe {
  const received: unknown[] = [];
  const readers: ((message: unknown) => void)[] = [];
  host.port.onMessage((message) => {
    const reader = readers.shift();
    if (reader) reader(message);
    else received.push(message);
  });
  const next = (): Promise<unknown> =>
    received.length > 0 ? Promise.resolve(received.shift()) : new Promise((resolve) => readers.push(resolve));
  return { host, next };
}

export function closeOf(host: LaunchedHost): Promise<AsideError> {
  return new Promise((resolve) => host.port.onClose(resolve));
}
