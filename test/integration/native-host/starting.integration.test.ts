import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { hostEntry } from '../../helpers/host-entry.ts';
import { endNativeHosts, isEvent, launchNativeHost, startNativeHost } from '../../helpers/native-host.ts';

afterEach(endNativeHosts);

describe('a native host that starts', () => {
  it('says first that it is ready, with contract, version and engine', async () => {
    const host = await startNativeHost();
    expect(host.received).toEqual([
      { kind: 'event', name: 'host.ready', payload: { contract: 'host', version: 1, engine: 'scripted' } },
    ]);
  });

  it('says why its engine cannot run here, nothing else, and leaves with 0', async () => {
    const host = launchNativeHost({ env: { ASIDE_SCRIPTED_LOAD: 'fail' } });
    expect(await host.exited).toEqual({ exitCode: 0, signal: null });
    expect(host.received).toEqual([
      {
        kind: 'event',
        name: 'host.failed',
        payload: {
          error: {
            code: 'engine-unavailable',
            message: 'the scripted engine was told not to load',
            remedy: 'Take ASIDE_SCRIPTED_LOAD out of the environment.',
            details: { engine: 'scripted' },
          },
        },
      },
    ]);
  });

  it.each(['nope', ''])('says that there is no engine named %j', async (engine) => {
    const host = launchNativeHost({ engine });
    expect(await host.until(isEvent('host.failed'))).toMatchObject({
      payload: { error: { code: 'engine-unavailable', details: { engine } } },
    });
    expect(await host.exited).toEqual({ exitCode: 0, signal: null });
  });

  it('dies before it is ready when loading the engine kills it', async () => {
    const host = launchNativeHost({ env: { ASIDE_SCRIPTED_LOAD: 'crash' } });
    expect(await host.exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
    expect(host.received).toEqual([]);
  });

  it('can be ended while loading the engine blocks', async () => {
    const host = launchNativeHost({ env: { ASIDE_SCRIPTED_LOAD: 'hang' } });
    await host.client.request('host.ping', {});
    host.kill('terminate');
    expect(await host.exited).toEqual({ exitCode: 75, signal: null });
    expect(host.received.filter(isEvent('host.ready'))).toEqual([]);
  });

  it('says that it is not for starting by hand, and leaves', async () => {
    const child = spawn(process.execPath, [hostEntry(), '--engine', 'scripted'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    expect(await once(child, 'close')).toEqual([64, null]);
    expect(stderr).toContain('hosts are started by Aside, not by hand');
  });
});
