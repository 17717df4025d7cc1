import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { runCli } from '../../../main/shells/cli/run.ts';
import { createCollectingLog } from '../../helpers/collecting-log.ts';
import { createGate } from '../../helpers/gate.ts';
import { hostEntry } from '../../helpers/host-entry.ts';
import { readIfThere } from '../../helpers/read-if-there.ts';
import { startAside } from '../../helpers/run-aside.ts';
import { keptOutput } from '../../helpers/terminal-output.ts';
import { waitUntil } from '../../helpers/wait-for.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-terminal-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const at = (...names: string[]): string => join(dir, ...names);

function input(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}

/** The command as on a terminal, in this process, with real hosts. */
function onTerminal(...args: string[]) {
  const [stdout, stderr] = [keptOutput({ isTTY: true }), keptOutput({ isTTY: true })];
  const environment = {
    version: '0',
    launcher: createForkLauncher(),
    hostEntryPath: hostEntry(),
    audioHostEntryPath: hostEntry('audio-host.cjs'),
    chooseEngines: () => ['scripted' as const],
    systemLanguage: 'en',
    dataDir: at('data'),
    log: createCollectingLog().log,
    serve: async () => {},
  };
  const io = { stdout, stderr, stdin: Readable.from([]), env: {}, interrupted: new AbortController().signal };
  return { stdout, stderr, exitCode: runCli(args, environment, io) };
}

it('shows which of many texts is at work, and how far all of them are', async () => {
  const gate = createGate();
  const inputs = [input('alpha.txt', 'Some words.'), input('bravo.txt', `Wait {{until ${gate.path}}} for it.`)];
  const { stdout, stderr, exitCode } = onTerminal('export', ...inputs, '--out-dir', dir, '--jobs', '2');
  await waitUntil(() => /2 of 2 bravo\.txt 0 % {2}all [█░]+ [1-9]\d %/u.test(stderr.text()));
  gate.open();
  expect(await exitCode).toBe(0);
  expect(stderr.text()).toMatch(/1 of 2 alpha\.txt 0 % {2}all ░+ 0 %/u);
  expect(stdout.text()).toMatch(/alpha\.wav: .*\n.*bravo\.wav: .*\n2 of 2 made/u);
});

it('shows how far those are that it goes on with', async () => {
  const words = Array.from(
    { length: 180 },
    (_, index) => `Sentence ${index} has {{slow 2}} words, and takes its time. `,
  );
  const args = ['export', input('book.txt', words.join('')), '--out', at('book.wav'), '--engine', 'scripted'];
  const run = startAside(args, { ASIDE_DATA_DIR: at('data') });
  await waitUntil(() => readIfThere(at('book.wav.part', 'journal.jsonl')).split('\n').length > 2);
  run.process.kill('SIGKILL');
  await run.exited;
  const { stderr, exitCode } = onTerminal('export', '--resume');
  expect(await exitCode).toBe(0);
  expect(stderr.text()).toMatch(/1 of 1 book\.txt [1-9]\d? %.* {2}all [█░]+ [1-9]\d? %/u);
});
