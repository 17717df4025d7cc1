import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROSE, sha256Of } from '../../helpers/export-with-espeak.ts';
import { runAside } from '../../helpers/run-aside.ts';

const CLI_PATH = fileURLToPath(new URL('../../../dist/main/cli.js', import.meta.url));
/** A real disk of a few megabytes, which only the processes in there see. Linux can make one, where it lets users have namespaces. */
const canHaveDisk = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-disk-'));
  writeFileSync(join(dir, 'book.txt'), PROSE.slice(0, 6_000));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it.skipIf(!canHaveDisk)(
  'waits on a full disk and makes the same file once there is room (needs user namespaces)',
  async () => {
    const calm = join(dir, 'calm.mp3');
    const book = join(dir, 'book.txt');
    const env = { ASIDE_DATA_DIR: join(dir, 'data') };
    await runAside(['export', book, '--out', calm, '--jobs', '2'], { env });
    const made = join(dir, 'made.mp3');
    execFileSync('mkdir', ['-p', join(dir, 'disk')]);
    // The ballast goes as soon as the export says that the disk is full.
    const script = `
    mount -t tmpfs -o size=24m tmpfs disk && head -c 23000000 /dev/zero > disk/ballast
    "$0" "${CLI_PATH}" export book.txt --out disk/book.mp3 --jobs 2 2>&1 | while read -r line; do
      echo "$line"
      case "$line" in *"disk is full; waiting"*) rm disk/ballast ;; esac
    done
    cp disk/book.mp3 made.mp3; ls disk`;
    const shell = spawn('unshare', ['-rm', 'sh', '-c', script, process.execPath], {
      cwd: dir,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = await textOf(shell.stdout);
    expect(said).toMatch(/are still needed and \d+ MB are free/u);
    expect(said).toMatch(/the disk is full; waiting for room.*\n(?:.*\n)*.*there is room again/u);
    expect(said.trim().split('\n').at(-1)).toBe('book.mp3');
    expect(await sha256Of(made)).toBe(await sha256Of(calm));
    expect(readFileSync(made).byteLength).toBeGreaterThan(1_000_000);
  },
);

it.skipIf(!canHaveDisk)(
  'leaves nothing of a batch that a disk had no room for when it was interrupted (needs user namespaces)',
  async () => {
    const env = { ASIDE_DATA_DIR: join(dir, 'batch-data') };
    for (const name of ['one.txt', 'two.txt']) writeFileSync(join(dir, name), 'Some words.');
    mkdirSync(join(dir, 'full'));
    const script = `
    : > said
    mount -t tmpfs -o size=64k tmpfs full && { head -c 100000 /dev/zero > full/ballast 2>/dev/null
    "$0" "${CLI_PATH}" export one.txt two.txt --out-dir full 2>> said & run=$!
    tail -f said --pid=$run | while read -r line; do
      case "$line" in *"disk is full; waiting"*) kill -INT $run ;; esac
    done
    wait $run; echo "ended with $?"; ls -A full; }`;
    const shell = spawn('unshare', ['-rm', 'sh', '-c', script, process.execPath], {
      cwd: dir,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect((await textOf(shell.stdout)).split('\n').slice(-3)).toEqual(['ended with 130', 'ballast', '']);
  },
);
