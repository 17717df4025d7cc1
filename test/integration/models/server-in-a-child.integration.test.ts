import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { startProcess } from '../../../main/hosts/hosts.ts';
import { createHostProcess } from '../../../main/hosts/processes/host-process.ts';
import { bundleModel } from '../../helpers/bundle-model.ts';
import type { BundledProgram } from '../../helpers/bundle-program.ts';
import { createProcessKeeper } from '../../helpers/models.ts';

/**
 *     server = subprocess.Popen([...]); run_tests(); server.send_signal(signal.SIGINT); server.wait()
 */
let program: BundledProgram;
const { keep, killAll } = createProcessKeeper();

beforeAll(async () => {
  program = await bundleModel('server');
});
afterEach(killAll);
afterAll(() => program.remove());

describe('a server in a child, tests in the parent', { timeout: 30_000 }, () => {
  it('answers, ends cleanly on SIGINT, and its port is free again', async () => {
    const server = keep(await startProcess({ module: program.path, onLine: () => {} }));
    const port = await new Promise<unknown>((resolve) => server.port.onMessage(resolve));
    const answers = await Promise.all(['/a', '/b'].map((path) => fetch(`http://127.0.0.1:${port}${path}`)));
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['you asked for /a', 'you asked for /b']);

    server.interrupt();
    expect(await server.join()).toEqual({
      pid: server.pid,
      name: 'server',
      exitCode: 0,
      signal: null,
      reason: 'clean',
      wasAsked: true,
      lastLines: ['the server has closed'],
    });
    await expect(listenAt(Number(port))).resolves.toBeUndefined();
  });

  it('does the same where no signal can be sent: the parent sends a message (Windows)', async () => {
    const launched = createForkLauncher().launch({ engine: 'server', entryPath: program.path, args: [] });
    await launched.spawned;
    const server = keep(createHostProcess(launched, { name: 'server', startedMs: 0, platform: 'win32' }));
    await new Promise<unknown>((resolve) => server.port.onMessage(resolve));
    server.interrupt();
    expect(await server.join()).toMatchObject({ exitCode: 0, reason: 'clean', lastLines: ['the server has closed'] });
  });

  it('is ended by the signal when it does not care for its end', async () => {
    const careless = await bundleModel('obedient');
    try {
      const child = keep(await startProcess({ module: careless.path }));
      await child.running;
      child.interrupt();
      expect(await child.join()).toMatchObject({ wasAsked: true, exitCode: null, signal: 'SIGINT', reason: 'killed' });
    } finally {
      careless.remove();
    }
  });
});

/** Resolves when the port could be listened at. */
function listenAt(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}
