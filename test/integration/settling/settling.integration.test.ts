import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCsharpCompiler } from '../../../scripts/set-up/csharp-compiler.mjs';
import { settleEdgeLoading } from '../../../scripts/settling/edge-row.mjs';
import { askProbe } from '../../../scripts/settling/probe.mjs';
import { settleProcesses } from '../../../scripts/settling/process-rows.mjs';
import { settleSapi } from '../../../scripts/settling/sapi-rows.mjs';
import { findProof } from '../../../scripts/testing/find-program.mjs';
import { type BundledProgram, bundleProgram } from '../../helpers/bundle-program.ts';

/** What the Windows job of the workflow runs, as far as it runs anywhere: with scripted voices, and without Electron. */
const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/electron/${name}`, import.meta.url));
const LIMIT_MS = 300_000;

function whyNoMono(): string | null {
  const isThere = findCsharpCompiler() !== null && (process.platform === 'win32' || findProof({ commands: ['mono'] }));
  if (isThere) return null;
  if (process.env.CI) throw new Error('MONO NOT RUN: there is no Mono here, and CI is set');
  return 'MONO NOT RUN: there is no Mono here';
}

describe('with the scripted voices', { timeout: LIMIT_MS }, () => {
  it('the probe asks everything that is about SAPI, and all of it is as Aside relies on it', async ({ skip }) => {
    const why = whyNoMono();
    if (why !== null) skip(why);
    const rows = await settleSapi(await askProbe('scripted'));
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(rows.filter(({ status }) => status !== 'settled')).toEqual([]);
    expect(rows.filter(({ holds }) => holds === false)).toEqual([]);
    expect(rows[1]?.finding).toBe('of 11 words: audio 11, stream 11');
    expect(rows[7]?.finding).toBe('OneCore: 1 of 1 speak; 32-bit only: Scripted Old Voice');
  });
});

describe('with an Aside that needs no Electron', { timeout: LIMIT_MS }, () => {
  let program: BundledProgram;
  beforeAll(async () => {
    program = await bundleProgram(fixture('smoke-without-electron.ts'));
  }, LIMIT_MS);
  afterAll(() => program.remove());

  const settle = (sources: string, engine: string, limitMs?: number) =>
    settleProcesses(
      {
        engine,
        sources: { command: process.execPath, args: [sources] },
        packed: 'nothing is packed',
      },
      limitMs,
    );

  it('the smoke test is run with either launcher', async () => {
    const row = await settle(program.path, 'scripted')[0]?.();
    expect(row).toMatchObject({
      id: 9,
      status: 'settled',
      holds: true,
      finding: expect.stringMatching(/^utility-process: speaks; fork: speaks; packed: not run: nothing is packed\./),
    });
  });

  it('an engine that cannot speak is told with its reason', async () => {
    process.env.ASIDE_SCRIPTED_LOAD = 'fail';
    try {
      const row = await settle(program.path, 'scripted')[0]?.();
      expect(row).toMatchObject({ holds: false, finding: expect.stringContaining('was told not to load') });
    } finally {
      delete process.env.ASIDE_SCRIPTED_LOAD;
    }
  });

  it('a program that leaves no report is told with its last words', async () => {
    const row = await settle('/nowhere/aside.mjs', 'scripted')[0]?.();
    expect(row).toMatchObject({ holds: false, finding: expect.stringContaining('no report: ') });
    expect(row?.finding).toContain("Cannot find module '/nowhere/aside.mjs'");
  });

  it('a host that blocks goes with the main process that is killed', async () => {
    const row = await settle(program.path, 'espeak')[1]?.();
    expect(row).toMatchObject({
      id: 11,
      status: 'settled',
      holds: true,
      finding: expect.stringMatching(/^utility-process: gone after \d+ ms, fork: gone after \d+ ms$/),
    });
  });

  it('a host that does not is an orphan, and is ended', async () => {
    const row = await settle(fixture('leaves-orphan.mjs'), 'scripted', 100)[1]?.();
    expect(row).toMatchObject({ holds: false, finding: 'utility-process: LIVES ON, fork: LIVES ON' });
  });
});

it.skipIf(process.platform === 'win32')('what only a Windows can answer is not made up elsewhere', async () => {
  expect(await settleEdgeLoading()).toMatchObject({ id: 10, status: 'not here', holds: null });
});
