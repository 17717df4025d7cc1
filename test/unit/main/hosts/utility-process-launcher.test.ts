import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { LaunchedHost } from '../../../../main/hosts/launcher.ts';
import {
  createUtilityProcessLauncher,
  type UtilityChild,
  type UtilityForkOptions,
} from '../../../../main/hosts/utility-process-launcher.ts';
import type { AsideError } from '../../../../protocol/errors.ts';

class FakeUtilityChild extends EventEmitter implements UtilityChild {
  pid: number | undefined = undefined;
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly posted: unknown[] = [];
  kills = 0;

  postMessage(message: unknown): void {
    this.posted.push(message);
  }

  kill(): boolean {
    this.kills += 1;
    return false;
  }

  spawn(pid: number): void {
    this.pid = pid;
    this.emit('spawn');
  }

  exit(exitCode: number): void {
    this.pid = undefined;
    this.stdout.end();
    this.stderr.end();
    this.emit('exit', exitCode);
  }
}

interface Launched {
  readonly host: LaunchedHost;
  readonly child: FakeUtilityChild;
  readonly forked: unknown[];
  readonly closed: AsideError[];
}

function launch(): Launched {
  const child = new FakeUtilityChild();
  const forked: unknown[] = [];
  const fork = (path: string, args: string[], options: UtilityForkOptions): UtilityChild => {
    forked.push([path, args, options]);
    return child;
  };
  const launcher = createUtilityProcessLauncher({ fork });
  const host = launcher.launch({
    engine: 'espeak',
    entryPath: '/host.js',
    args: ['--engine', 'espeak'],
    env: { A: 'b' },
  });
  const closed: AsideError[] = [];
  host.port.onClose((why) => closed.push(why));
  return { host, child, forked, closed };
}

describe('the utility process launcher', () => {
  let signals: MockInstance<typeof process.kill>;
  beforeEach(() => {
    signals = vi.spyOn(process, 'kill').mockReturnValue(true);
  });
  afterEach(() => {
    signals.mockRestore();
  });

  it('forks with pipes for the output, its own flags, and a name for the list of processes', () => {
    expect(launch().forked).toEqual([
      [
        '/host.js',
        ['--engine', 'espeak'],
        {
          env: { ...process.env, A: 'b', ASIDE_HOST_DEPTH: '1' },
          execArgv: [],
          stdio: ['ignore', 'pipe', 'pipe'],
          serviceName: 'Aside espeak host',
        },
      ],
    ]);
  });

  it('keeps the pid that Electron forgets when the process has ended', async () => {
    const { host, child, closed } = launch();
    child.spawn(4711);
    child.exit(3);
    await host.exited;
    expect([host.pid, closed[0]?.details]).toMatchObject([4711, { pid: 4711, exitCode: 3, signal: null }]);
  });

  it('signals by pid, which does not block as the child’s own kill may', () => {
    const { host, child } = launch();
    child.spawn(4711);
    host.kill('terminate');
    host.kill('kill');
    expect([signals.mock.calls, child.kills]).toEqual([
      [
        [4711, 'SIGTERM'],
        [4711, 'SIGKILL'],
      ],
      0,
    ]);
  });

  it('signals nobody once the process has ended, for its pid may be somebody else’s', async () => {
    const { host, child } = launch();
    child.spawn(4711);
    child.exit(0);
    host.kill('kill');
    host.port.close();
    await host.exited;
    host.kill('kill');
    expect([signals.mock.calls, child.kills]).toEqual([[], 0]);
  });

  it('makes good for the hardest kill that came too early, once there is a process', () => {
    const { host, child } = launch();
    host.kill('kill');
    host.kill('terminate');
    expect([signals.mock.calls, child.kills]).toEqual([[], 0]);
    child.spawn(4711);
    expect(signals.mock.calls).toEqual([[4711, 'SIGKILL']]);
  });

  it('forgets a kill that came too early when there will be no process', async () => {
    const { host, child, closed } = launch();
    host.kill('kill');
    child.exit(1);
    await host.exited;
    expect([signals.mock.calls, closed.map(({ code }) => code)]).toEqual([[], ['host-start']]);
  });

  it('does not mind a signal to a process that has just gone', () => {
    const { host, child } = launch();
    child.spawn(4711);
    signals.mockImplementation(() => {
      throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' });
    });
    expect(() => host.kill('kill')).not.toThrow();
  });

  it('takes an exit without a spawn for a host that could not be started', async () => {
    const { host, child, closed } = launch();
    child.exit(1);
    await host.exited;
    expect(closed).toMatchObject([
      {
        code: 'host-start',
        message: 'The espeak host could not be started: it ended with exit code 1 before it started',
      },
    ]);
  });

  it('takes the first of two exits', async () => {
    const { host, child, closed } = launch();
    child.spawn(4711);
    child.exit(1);
    child.exit(0);
    expect([await host.exited, closed.length]).toEqual([{ exitCode: 1, signal: null }, 1]);
  });

  it('posts nothing from the exit on, for that would end the app', async () => {
    const { host, child } = launch();
    child.spawn(4711);
    child.on('exit', () => host.port.send('in the listener'));
    host.port.onClose(() => host.port.send('when it closes'));
    child.exit(0);
    host.port.send('after it');
    await host.exited;
    host.port.send('long after it');
    expect(child.posted).toEqual([]);
  });

  it('remembers a fatal error of V8 with the last lines', async () => {
    const { host, child, closed } = launch();
    child.spawn(4711);
    child.emit('error', 'FatalError', 'v8::Zone', '{}');
    child.exit(134);
    await host.exited;
    expect(closed[0]?.details).toMatchObject({ stderrTail: ['FatalError in V8 at v8::Zone'] });
  });

  it('tells a host to go whose port is closed', () => {
    const { host, child } = launch();
    child.spawn(4711);
    host.port.close();
    expect(signals.mock.calls).toEqual([[4711, 'SIGTERM']]);
  });
});
