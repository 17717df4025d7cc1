import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixturePath } from '../../fixtures/hosts/fixture-path.ts';
import { type BundledProgram, bundleProgram } from '../../helpers/bundle-program.ts';
import { hostEntry } from '../../helpers/host-entry.ts';
import { createLifeline, type Lifeline } from '../../helpers/lifeline.ts';

const speak = (text: string): string =>
  JSON.stringify({
    text,
    voiceId: 'scripted:en-gb',
    prosody: { rate: 1, pitch: 0, volume: 100 },
    initialCreditBytes: 10_000_000,
  });

describe('a host whose parent is killed', () => {
  let program: BundledProgram;
  let parent: ChildProcess | undefined;
  let lifeline: Lifeline;

  beforeAll(async () => {
    program = await bundleProgram(fileURLToPath(new URL('../../fixtures/hosts/pool-parent.ts', import.meta.url)));
  });
  afterAll(() => program.remove());
  afterEach(() => {
    parent?.kill('SIGKILL');
    lifeline.close();
  });

  /** Starts the parent with a host and a call on it, kills the parent as soon as the call runs, and waits for the host. */
  async function orphan(...args: string[]): Promise<number> {
    lifeline = createLifeline();
    // Only hosts hold the lifeline, so its release means them.
    const env = { ...process.env, HOST_ENV: JSON.stringify(lifeline.env) };
    parent = spawn(process.execPath, [program.path, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    // Without a call that runs it ends by itself, and says why on stderr.
    const [pid] = await Promise.race([
      once(parent.stdout as NonNullable<ChildProcess['stdout']>, 'data').then(([lines]) => [
        Number.parseInt(String(lines), 10),
      ]),
      once(parent, 'exit'),
    ]);
    expect(() => process.kill(pid, 0)).not.toThrow();
    const exited = once(parent, 'exit');
    parent.kill('SIGKILL');
    await exited;
    await lifeline.released;
    return pid;
  }

  it('leaves when it can hear its channel close', async () => {
    expect(await orphan('echo', fixturePath('echo'), '[]', 'echo.wait', '{}')).toBeGreaterThan(0);
  });

  it.each(['{{hang}}', '{{spin 100000}}', '{{native-sleep 100000}}'])(
    'leaves while its engine is in %s',
    async (deed) => {
      const args = JSON.stringify(['--engine', 'scripted']);
      expect(
        await orphan('host', hostEntry(), args, 'utterance.speak', speak(`One two. ${deed} three.`)),
      ).toBeGreaterThan(0);
    },
  );
});
