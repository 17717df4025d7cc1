import { afterEach, expect, it } from 'vitest';
import { createHostPool, type HostPoolOptions } from '../../../main/hosts/host-pool.ts';
import { createUtilityProcessLauncher } from '../../../main/hosts/utility-process-launcher.ts';
import { type HostContract, hostContract } from '../../../protocol/contract/host-contract.ts';
import { hostEntry } from '../../helpers/host-entry.ts';
import { endNativeHosts, isProgress, isStarved, speakParams, startNativeHost } from '../../helpers/native-host.ts';
import { preload } from '../../helpers/preload.ts';
import { createUtilityProcessStandIn } from '../../helpers/utility-process-stand-in.ts';

/**
 * The real host program with `process.parentPort` in place of `process.send`. It is never told which of them it has: all
 * other tests of this folder run the same program over the other one.
 */
const standIn = createUtilityProcessStandIn();
const launcher = createUtilityProcessLauncher(standIn);
const scripted: HostPoolOptions<HostContract> = {
  contract: hostContract,
  engine: 'scripted',
  launcher,
  entryPath: hostEntry(),
  args: ['--engine', 'scripted'],
};

afterEach(async () => {
  await endNativeHosts();
  expect(standIn.appCrashes, 'messages posted to a host that had ended').toBe(0);
});

it('greets, speaks and ends as asked', async () => {
  const host = await startNativeHost({ launcher });
  expect(host.received[0]).toMatchObject({ kind: 'event', name: 'host.ready' });

  await host.client.request('utterance.speak', speakParams('One two three.'));

  expect(host.received.filter(isProgress).length).toBeGreaterThan(0);
  await expect(host.client.request('host.shutdown', {})).resolves.toEqual({});
  expect(await host.exited).toEqual({ exitCode: 0, signal: null });
});

it('takes credit and a cancel while its engine waits', async () => {
  const host = await startNativeHost({ launcher });
  const cancel = new AbortController();
  const call = host.client.request('utterance.speak', speakParams('One two three.', 10), { signal: cancel.signal });
  await host.until(isStarved);
  cancel.abort();
  await expect(call).rejects.toMatchObject({ code: 'request-cancelled' });
  await expect(host.client.request('host.ping', {})).resolves.toEqual({});
});

it('says why its engine cannot run here before it leaves', async () => {
  const pool = createHostPool({ ...scripted, env: { ASIDE_SCRIPTED_LOAD: 'fail' } });
  await expect(pool.request('voices.list', {})).rejects.toMatchObject({ code: 'engine-unavailable' });
  await pool.close();
});

// SIGUSR2 is how the test plants the defect. Electron itself lets a utility process live on after a rejection.
it.skipIf(process.platform === 'win32')('ends with 70 after a rejection that nobody handled (POSIX)', async () => {
  const host = await startNativeHost({
    launcher,
    env: { NODE_OPTIONS: preload("process.on('SIGUSR2', () => void Promise.reject(new Error('a defect')))") },
  });
  process.kill(host.pid as number, 'SIGUSR2');
  expect(await host.exited).toEqual({ exitCode: 70, signal: null });
  expect(host.stderrTail().join('\n')).toContain('Error: a defect');
});

it('is replaced in a pool when it is killed while it speaks', async () => {
  const pool = createHostPool(scripted);
  const call = pool.start('utterance.speak', speakParams('One {{hang}}'), {
    onAssigned: (pid) => process.kill(pid, 'SIGKILL'),
  });
  await expect(call.result).rejects.toMatchObject({
    code: 'host-exited',
    details: { request: 'utterance.speak', signal: null },
  });
  await expect(pool.request('voices.list', {})).resolves.toHaveProperty('voices');
  await pool.close();
});
