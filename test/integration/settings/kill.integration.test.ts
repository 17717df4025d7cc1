import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDraftStore } from '../../../main/settings/draft-store.ts';
import { openSettingsStore } from '../../../main/settings/settings-store.ts';
import { generationOfDraft, generationOfSettings } from '../../fixtures/settings/generations.ts';
import { type BundledProgram, bundleProgram } from '../../helpers/bundle-program.ts';
import { createCollectingLog } from '../../helpers/collecting-log.ts';

const KILLS = 20;

let dir = '';
let program: BundledProgram;
let child: ChildProcess | undefined;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'aside-kill-'));
  program = await bundleProgram(fileURLToPath(new URL('../../fixtures/settings/write-forever.ts', import.meta.url)));
});
afterAll(() => {
  child?.kill('SIGKILL');
  program.remove();
  rmSync(dir, { recursive: true, force: true });
});

/** Runs the writer, kills it a random time after its first complete writing, and tells the last it had completed. */
async function killWhileWriting(dataDir: string, firstGeneration: number): Promise<number> {
  child = spawn(process.execPath, [program.path, dataDir, `${firstGeneration}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  let completed = 0;
  if (!child.stdout) throw new Error('a child with a pipe has stdout');
  for await (const line of createInterface(child.stdout)) {
    if (completed === 0) setTimeout(() => child?.kill('SIGKILL'), Math.random() * 60);
    completed = Number(line);
  }
  expect((await exit)[1]).toBe('SIGKILL');
  return completed;
}

test(`after each of ${KILLS} kills -9 settings and draft are whole, of one piece, and none that was saved is lost`, async () => {
  const dataDir = join(dir, 'data');
  let generation = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const completed = await killWhileWriting(dataDir, generation + 1);
    const { log, lines } = createCollectingLog();
    const options = { dir: dataDir, log, onProblem: () => {} };
    const draft = generationOfDraft((await openDraftStore(options)).get());
    const settings = generationOfSettings((await openSettingsStore(options)).get());
    expect(lines).toEqual([]);
    expect(draft).toBeGreaterThanOrEqual(completed);
    expect(settings).toBeGreaterThanOrEqual(completed);
    generation = Math.max(draft, settings);
  }
  expect(readdirSync(dataDir).filter((name) => name.includes('corrupt'))).toEqual([]);
});
