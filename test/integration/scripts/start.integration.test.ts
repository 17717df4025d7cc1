import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isRunning } from '../../helpers/is-running.ts';
import { waitFor } from '../../helpers/wait-for.ts';

let dataDir: string;
let script: ChildProcess | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'aside-start-'));
});
afterEach(async () => {
  if (script?.exitCode === null && script.signalCode === null) {
    script.kill('SIGTERM'); // It takes what it started with it.
    await once(script, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
});

/** Runs a script as `npm start` does, on a machine without a display. */
function start(name: string, ...args: string[]): ChildProcess {
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  script = spawn(process.execPath, [`scripts/${name}.mjs`, ...args], { env: { ...env, ASIDE_DATA_DIR: dataDir } });
  return script;
}

/** Everything that a stream says until its end. */
async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

async function ending(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal };
}

async function lineWith(child: ChildProcess, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    if (pattern.test(line)) return line.trim();
  }
  throw new Error(`the script ended without a line like ${pattern}`);
}

describe('npm start without a display', () => {
  beforeEach(({ skip }) => skip(process.platform !== 'linux', 'every other system has a display'));

  const children = (pid: number): number[] =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

  test('says why it is the web shell, and shows an address that answers', async () => {
    const child = start('start');
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      lines.push(line);
      if (line.includes('http://')) break;
    }
    expect(lines[0]).toContain('there is no display here');
    const reply = await fetch(lines.at(-1)?.trim() ?? '', { redirect: 'manual' });
    expect(reply.status).toBeLessThan(400);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends it and everything that it started', async (signal) => {
    const child = start('start');
    await lineWith(child, /http:/);
    const servers = children(child.pid ?? 0);
    expect(servers).not.toEqual([]);
    child.kill(signal);
    await ending(child);
    await waitFor(() => expect(servers.filter(isRunning)).toEqual([]));
  });
});

describe('npm run aside', () => {
  test('puts on stdout what the command says and nothing else', async () => {
    const child = start('aside', 'voices', '--engine', 'scripted', '--json');
    const [text, { code }] = await Promise.all([textOf(child.stdout), ending(child)]);
    expect(code).toBe(0);
    expect(() => JSON.parse(text)).not.toThrow();
  });

  test('says nothing on stderr when there is nothing to install and to build', async () => {
    const child = start('aside', '--help');
    const [text] = await Promise.all([textOf(child.stderr), ending(child)]);
    expect(text).toBe('');
  });

  test('passes on the exit code of a misuse', async () => {
    const child = start('aside', 'no-such-command');
    expect(await ending(child)).toEqual({ code: 2, signal: null });
  });

  test('ends with 130 when it is interrupted', async () => {
    const child = start('aside', 'serve', '--no-open');
    await lineWith(child, /"url"/);
    child.kill('SIGINT');
    expect(await ending(child)).toEqual({ code: 130, signal: null });
  });
});

test('an unknown option of npm start is told, with all that there are', async () => {
  const child = start('start', '--wep');
  const [text, { code }] = await Promise.all([textOf(child.stderr), ending(child)]);
  expect(code).toBe(2);
  expect(text).toContain('Unknown option --wep');
  expect(text).toContain('--get-electron');
});
