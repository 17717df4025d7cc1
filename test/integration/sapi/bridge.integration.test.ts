import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundledProgram, bundleProgram } from '../../helpers/bundle-program.ts';
import { findWhyNoSapi } from '../../helpers/sapi-here.ts';

/** No scenario ends like this: what hangs is killed, and fails. */
const HANG_MS = 60_000;
const probePath = fileURLToPath(new URL('../../fixtures/sapi/bridge-probe.ts', import.meta.url));
const whyNot = process.platform === 'win32' ? 'the probe is for Mono' : findWhyNoSapi();

let probe: BundledProgram;
beforeAll(async () => {
  probe = await bundleProgram(probePath);
});
afterAll(() => probe?.remove());

/** What it told; rejects with its exit code and stderr when it did not leave with 0. */
async function run(scenario: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [probe.path, scenario], { timeout: HANG_MS });
  return JSON.parse(stdout);
}

const describeWithMono = whyNot === undefined ? describe : describe.skip;

if (whyNot !== undefined) it("SAPI's C# half keeps its promises", ({ skip }) => skip(whyNot));

describeWithMono("SAPI's C# half under Mono", { timeout: 2 * HANG_MS }, () => {
  it('tells by name that a handler in JavaScript threw, and goes on', async () => {
    expect(await run('handler-throws')).toEqual({
      lastFailure: expect.stringContaining('a handler broke'),
      wentOn: true,
    });
  });

  it('closes once, however often it is asked to, and then refuses by name', async () => {
    expect(await run('close-twice')).toEqual({ late: 'SESSION_CLOSED' });
  });

  it('closes in the middle of an utterance, which ends before', async () => {
    expect(await run('close-while-speaking')).toMatchObject({
      last: { kind: 'end', utterance: 1, wasStopped: true },
      isSpeaking: false,
    });
  });

  it('gives up a voice that floods it while nobody listens, by name, and speaks on', async () => {
    expect(await run('flood')).toMatchObject({ error: { code: 'EVENT_FLOOD' }, words: 1 });
  });

  it('skips by sentences', async () => {
    expect(await run('skip')).toEqual({ skipped: 2, words: ['One', 'Three', 'three', 'Four'] });
  });

  it('delivers every sample once and in order', async () => {
    expect(await run('pcm')).toEqual({ wrong: 0, bytes: 6_000_000 });
  });

  it('lets its process exit in the middle of an utterance', async () => {
    expect(await run('exit-while-speaking')).toEqual({ isSpeaking: true });
  });

  it('names the voice that it does not have', async () => {
    expect(await run('unknown-voice')).toEqual({ code: 'SPERR_VOICE_NOT_FOUND', hresult: 0x8004503a | 0 });
  });
});
