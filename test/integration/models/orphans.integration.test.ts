import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundleModel } from '../../helpers/bundle-model.ts';
import type { BundledProgram } from '../../helpers/bundle-program.ts';
import { createLifeline, type Lifeline } from '../../helpers/lifeline.ts';

let parentProgram: BundledProgram;
let childProgram: BundledProgram;
let parent: ChildProcess | undefined;
let lifeline: Lifeline | undefined;

beforeAll(async () => {
  [parentProgram, childProgram] = await Promise.all([bundleModel('dies-first'), bundleModel('blocks')]);
});
afterEach(() => {
  parent?.kill('SIGKILL');
  lifeline?.close();
});
afterAll(() => {
  parentProgram.remove();
  childProgram.remove();
});

describe.runIf(process.platform === 'linux')('a process whose parent is killed (Linux)', { timeout: 60_000 }, () => {
  it('ends with it, in the middle of a call that blocks its only thread', async () => {
    lifeline = createLifeline();
    const args = [parentProgram.path, childProgram.path, JSON.stringify(lifeline.env)];
    parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = await Promise.race([
      once(parent.stdout as NonNullable<typeof parent.stdout>, 'data'),
      once(parent, 'exit'),
    ]);
    expect(String(said)).toMatch(/^\d+: blocked from now on\n$/);
    parent.kill('SIGKILL');
    await lifeline.released;
  });
});
