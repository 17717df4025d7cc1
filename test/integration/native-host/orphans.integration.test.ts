import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostEntry } from '../../helpers/host-entry.ts';

const parentPath = fileURLToPath(new URL('../../fixtures/hosts/short-lived-parent.mjs', import.meta.url));

/** A host's engine is in the midst of this, for ten minutes or for ever. */
const blocking = ['One {{native-sleep 600000}}', 'One {{hang}}', 'One {{spin 600000}}'];

let dir = '';
let parent: ChildProcess | undefined;
let hostPid: number | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-orphans-'));
});
afterEach(() => {
  parent?.kill('SIGKILL');
  if (hostPid !== undefined) killIfAlive(hostPid);
  parent = undefined;
  hostPid = undefined;
  rmSync(dir, { recursive: true, force: true });
});

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // ESRCH: it is gone, as it should be.
  }
}

/**
 * Starts a parent with a host that speaks `text`. `held` is a pipe that both hold open and never close: the system closes
 * it when the last of them is gone.
 */
async function startFamily(text: string, entryPath = hostEntry()): Promise<{ held: Promise<'closed'> }> {
  parent = fork(parentPath, [entryPath, text], { stdio: ['ignore', 'ignore', 'inherit', 'ipc', 'pipe'] });
  const pipe = parent.stdio[4] as Readable;
  const held = once(pipe.resume(), 'close').then(() => 'closed' as const);
  [hostPid] = (await once(parent, 'message')) as [number];
  return { held };
}

/** The host's program where it finds no package, and so no way to the C library. */
function copyWithoutPackages(): string {
  const copy = join(dir, 'native-host');
  cpSync(dirname(hostEntry()), copy, { recursive: true });
  return join(copy, 'host.cjs');
}

describe('a host whose parent is killed', () => {
  it.each(blocking)('is gone while its engine does %j', async (text) => {
    const { held } = await startFamily(text);
    parent?.kill('SIGKILL');
    expect(await held).toBe('closed');
  });

  it.runIf(process.platform === 'linux')('is gone even if no thread of it can run (Linux)', async () => {
    const { held } = await startFamily('One {{hang}}');
    process.kill(hostPid as number, 'SIGSTOP');
    parent?.kill('SIGKILL');
    expect(await held).toBe('closed');
  });

  it('is gone also where the C library is out of reach', async () => {
    const copy = copyWithoutPackages();
    expect(() => createRequire(copy).resolve('koffi')).toThrow('Cannot find');
    const { held } = await startFamily('One {{hang}}', copy);
    parent?.kill('SIGKILL');
    expect(await held).toBe('closed');
  });
});
