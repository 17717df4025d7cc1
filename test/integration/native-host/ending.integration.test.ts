import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  endNativeHosts,
  isProgress,
  isStarved,
  type NativeHost,
  speakParams,
  startNativeHost,
} from '../../helpers/native-host.ts';
import { preload } from '../../helpers/preload.ts';

let host: NativeHost;
beforeEach(async () => {
  host = await startNativeHost();
});
afterEach(endNativeHosts);

describe('a host that is asked to end', () => {
  it('answers, then exits with 0', async () => {
    await expect(host.client.request('host.shutdown', {})).resolves.toEqual({});
    expect(await host.exited).toEqual({ exitCode: 0, signal: null });
  });

  it('cancels what runs and answers it, then exits with 0', async () => {
    const call = host.client.request('utterance.speak', speakParams('One two.', 10));
    await host.until(isStarved);
    const ended = host.client.request('host.shutdown', {});
    await expect(call).rejects.toMatchObject({ code: 'request-cancelled' });
    await expect(ended).resolves.toEqual({});
    expect(await host.exited).toEqual({ exitCode: 0, signal: null });
  });

  // A signal to terminate has no meaning on Windows, where it ends the process on the spot.
  it.skipIf(process.platform === 'win32')('leaves its call unanswered when a signal ends it (POSIX)', async () => {
    const call = host.client.request('utterance.speak', speakParams('One two.', 10));
    await host.until(isStarved);
    host.kill('terminate');
    await expect(call).rejects.toMatchObject({ code: 'host-exited', details: { request: 'utterance.speak' } });
    expect(await host.exited).toEqual({ exitCode: 0, signal: null });
  });

  // Stopped while both are written, it reads them together; otherwise it may be gone before it has the second.
  it.skipIf(process.platform === 'win32')('ends once when it is asked twice, and answers both (POSIX)', async () => {
    process.kill(host.pid as number, 'SIGSTOP');
    const answers = [host.client.request('host.shutdown', {}), host.client.request('host.shutdown', {})];
    process.kill(host.pid as number, 'SIGCONT');
    await expect(Promise.all(answers)).resolves.toEqual([{}, {}]);
    expect(await host.exited).toEqual({ exitCode: 0, signal: null });
  });

  it('ends at once when its parent closes the channel, also while its engine blocks', async () => {
    host.client.start('utterance.speak', speakParams('One {{hang}}')).result.catch(() => {}); // ends with the channel
    await host.until(isProgress);
    host.disconnect();
    expect(await host.exited).toEqual({ exitCode: 0, signal: null });
  });

  it('leaves a Ctrl-C to its parent', async () => {
    process.kill(host.pid as number, 'SIGINT');
    await expect(host.client.request('host.ping', {})).resolves.toEqual({});
  });
});

describe('a host that cannot go on', () => {
  it.each([
    ['nonsense', 'nonsense'],
    ['an unknown kind', { kind: 'shout', id: 1 }],
    ['credit of nothing', { kind: 'credit', id: 1, bytes: 0 }],
    ['a negative id', { kind: 'request', id: -1, method: 'host.ping', params: {} }],
  ])('exits with 76 when its parent sends %s', async (_, message) => {
    host.sendRaw(message);
    expect(await host.exited).toEqual({ exitCode: 76, signal: null });
    expect(host.stderrTail().join('\n')).toContain('its parent sent a malformed message');
  });

  it('exits with 76 also while its engine blocks', async () => {
    host.client.start('utterance.speak', speakParams('{{hang}}')).result.catch(() => {}); // ends with the host
    host.sendRaw('nonsense');
    expect(await host.exited).toEqual({ exitCode: 76, signal: null });
  });

  it.each([
    ['thread-exit', 'it ended by itself with exit code 0'],
    ['thread-throw', 'told to throw on its thread'],
  ])('exits with 71 when its engine thread dies of {{%s}}, and says why', async (directive, why) => {
    host.client.request('utterance.speak', speakParams(`One {{${directive}}}`)).catch(() => {}); // ends with the host
    expect(await host.exited).toEqual({ exitCode: 71, signal: null });
    expect(host.stderrTail().join('\n')).toContain(why);
  });

  it('dies with the code with which a native library ends the process', async () => {
    await expect(host.client.request('utterance.speak', speakParams('One {{exit 3}}'))).rejects.toMatchObject({
      code: 'host-exited',
      details: { exitCode: 3, signal: null },
    });
  });

  it.skipIf(process.platform === 'win32').each([
    ['an exception that nobody caught', "throw new Error('a defect')"],
    ['a rejection that nobody handled', "void Promise.reject(new Error('a defect'))"],
  ])('exits with 70 after %s, also while its engine blocks (POSIX)', async (_, defect) => {
    const defective = await startNativeHost({
      env: { NODE_OPTIONS: preload(`process.on('SIGUSR2', () => { ${defect} })`) },
    });
    defective.client.start('utterance.speak', speakParams('One {{hang}}')).result.catch(() => {}); // ends with the host
    await defective.until(isProgress);
    process.kill(defective.pid as number, 'SIGUSR2');
    expect(await defective.exited).toEqual({ exitCode: 70, signal: null });
    expect(defective.stderrTail().join('\n')).toContain('Error: a defect');
  });

  it('can be killed while its engine blocks', async () => {
    host.client.start('utterance.speak', speakParams('{{hang}}')).result.catch(() => {}); // ends with the host
    await host.client.request('host.ping', {});
    host.kill('kill');
    expect(await host.exited).toEqual({ exitCode: null, signal: 'SIGKILL' });
  });
});
