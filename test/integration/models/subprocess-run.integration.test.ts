import { fileURLToPath } from 'node:url';
import { type OutputChunk, rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { errorOf } from '../../helpers/error-of.ts';
import { createLifeline } from '../../helpers/lifeline.ts';
import { bundleWorkPools, type WorkPools } from '../../helpers/work-pool.ts';

/**
 *     done = subprocess.run(['convert', 'in.txt'], input=text, capture_output=True, timeout=10)
 *     done.returncode, done.stdout
 */
let pools: WorkPools;
beforeAll(async () => {
  pools = await bundleWorkPools();
});
afterEach(() => pools.endAll());
afterAll(() => pools.remove());

const node = process.execPath;
const script = (code: string, ...args: string[]) => ({ file: node, args: ['-e', code, ...args] });
/** Says something, then lives until it is killed. */
const LIVE_ON = 'console.log("begun"); setInterval(() => {}, 1e6)';

describe('subprocess.run in a host', { timeout: 60_000 }, () => {
  it('collects what the program wrote, and its exit code', async () => {
    const shout = 'process.stdin.on("data", (d) => console.log(String(d).toUpperCase(), process.argv[1]))';
    const pool = pools.open();
    const ran = await pool.request('program.run', { ...script(shout, 'a $HOME "b"'), input: 'hello' });
    expect(ran).toEqual({ exitCode: 0, signal: null, stdout: 'HELLO a $HOME "b"\n', stderr: '' });
    const failed = await pool.request('program.run', script('console.error("no"); process.exit(3)'));
    expect(failed).toEqual({ exitCode: 3, signal: null, stdout: '', stderr: 'no\n' });
  });

  it.skipIf(process.platform === 'win32')('tells the signal that ended it (POSIX)', async () => {
    const ran = await pools.open().request('program.run', script('process.kill(process.pid, "SIGSEGV")'));
    expect(ran).toMatchObject({ exitCode: null, signal: 'SIGSEGV' });
  });

  it('names a program that is not there', async () => {
    const error = await errorOf(pools.open().request('program.run', { file: 'no-such-program', args: [] }));
    expect(error).toMatchObject({
      code: 'program',
      message: 'The program no-such-program could not be started: spawnSync no-such-program ENOENT',
      details: { program: 'no-such-program', reason: 'not-started', systemCode: 'ENOENT', lastLines: [] },
    });
    expect(error.remedy).not.toBe('');
  });

  it.skipIf(process.platform === 'win32')(
    'kills one that takes too long, tells what it had said, and takes the next call (POSIX)',
    async () => {
      const pool = pools.open();
      // A shell has said something long before that, also on a slow machine.
      const speakAndStay = { file: 'sh', args: ['-c', 'echo begun; exec sleep 1000'], timeoutMs: 5_000 };
      const error = await errorOf(pool.request('program.run', speakAndStay));
      expect(error).toMatchObject({ code: 'program', details: { reason: 'timeout', lastLines: ['begun'] } });
      expect(await pool.request('numbers.sum', [1, 2])).toMatchObject({ sum: 3 });
    },
  );

  it('kills one that says too much, and keeps the end of it', async () => {
    const flood = 'for (;;) require("node:fs").writeSync(1, "x".repeat(1e4) + "\\n")';
    const error = await errorOf(pools.open().request('program.run', { ...script(flood), maxOutputBytes: 1_000_000 }));
    expect(error).toMatchObject({ code: 'program', details: { reason: 'output-limit', systemCode: null } });
    const { lastLines } = error.details as { lastLines: string[] };
    expect([lastLines.length, lastLines[0]]).toEqual([20, 'x'.repeat(500)]);
  });

  it.skipIf(process.platform === 'win32')(
    'ends the program with its host when the call is cancelled (POSIX)',
    async () => {
      const lifeline = createLifeline();
      try {
        const abort = new AbortController();
        const hold = `require('node:fs').openSync(${JSON.stringify(lifeline.env.LIFELINE)}, 'w'); ${LIVE_ON}`;
        const pool = pools.open();
        const call = pool.start('program.run', script(hold), { signal: abort.signal });
        await Promise.race([lifeline.held, call.result]);
        abort.abort();
        expect((await errorOf(call.result)).code).toBe('request-cancelled');
        await lifeline.released;
      } finally {
        lifeline.close();
      }
    },
  );
});

describe('subprocess.run from a page', () => {
  const fromRoot = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  const modulesOf = async (input: string): Promise<string[]> => {
    const bundle = await rolldown({
      input: fromRoot(input),
      platform: 'node',
      external: [/^node:/, 'electron', 'koffi'],
    });
    const { output } = await bundle.generate({});
    await bundle.close();
    const chunks = output.filter((part): part is OutputChunk => part.type === 'chunk');
    return chunks.flatMap(({ moduleIds }) => moduleIds);
  };
  const RUN_PROGRAM = fromRoot('native-host/runtime/run-program.ts');

  // All that answers requests of the app contract and the host contract.
  it.each(['main/main.ts', 'main/cli.ts', 'native-host/host.ts', 'native-host/engine-thread.ts'])(
    'is out of reach: %s has no code that runs programs for requests',
    async (entry) => {
      const modules = await modulesOf(entry);
      expect(modules).toContain(fromRoot(entry));
      expect(modules).not.toContain(RUN_PROGRAM);
    },
  );

  it('would be found if it were there', async () => {
    expect(await modulesOf('test/fixtures/models/work-thread.ts')).toContain(RUN_PROGRAM);
  });
});
