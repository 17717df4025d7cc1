import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Our own rules in biome.json, each with the files that break it and the files that own what it bans. */
const broken: Record<string, [path: string, source: string][]> = {
  'Only native-host/runtime/end-process.ts ends a process': [
    ['main/app.ts', 'process.exit(1);'],
    ['native-host/host.ts', 'process.reallyExit(1);'],
    ['renderer/app.tsx', 'process.abort();'],
  ],
  'Use the Port that they give': [
    ['main/hosts/host-pool.ts', "process.send?.('x');"],
    ['native-host/speech/speak.ts', "import { parentPort } from 'node:worker_threads';\nparentPort?.unref();"],
    ['native-host/engines/engine.ts', "process.on('message', () => {});"],
    ['native-host/engines/other.ts', 'process.disconnect();'],
  ],
  'Raw Electron messages': [
    ['main/main.ts', "import { ipcMain } from 'electron';\nipcMain.removeAllListeners();"],
    ['main/shells/electron/window.ts', "export const tell = (window: Window) => window.webContents.send('x');"],
    ['main/shells/electron/menu.ts', "export const tell = (contents: WebContents) => contents.send('x');"],
    ['main/shells/electron/hear.ts', "export const hear = (page: WebContents) => page.ipc.on('x', () => {});"],
    ['renderer/link.ts', "import { ipcRenderer } from 'electron';\nipcRenderer.removeAllListeners();"],
  ],
  noConsole: [
    ['main/speech/voices.ts', "console.log('x');"],
    ['test/unit/a.test.ts', "console.error('x');"],
  ],
  noImportCycles: [
    ['protocol/one.ts', "import type { Two } from './two.ts';\nexport type One = Two;"],
    ['protocol/two.ts', "import type { One } from './one.ts';\nexport type Two = One | string;"],
  ],
  noFloatingPromises: [['main/settings/store.ts', 'async function save(): Promise<void> {}\nsave();']],
};

const owned: [path: string, source: string][] = [
  ['native-host/runtime/end-process.ts', 'process.exit(1);'],
  ['native-host/runtime/parent-port.ts', "process.send?.('x');"],
  ['scripts/test.mjs', "console.log('x');\nprocess.exit(1);"],
  ['main/exit-code.ts', 'process.exitCode = 1;'],
];

let folder: string;
let report: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aside-lint-'));
  for (const path of ['biome.json', 'scripts/lint']) cpSync(path, join(folder, path), { recursive: true });
  for (const [path, source] of [...Object.values(broken).flat(), ...owned]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${source}\n`);
  }
  report = lint();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lint(): string {
  const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome');
  const args = [
    biome,
    'lint',
    '--vcs-enabled=false',
    '--max-diagnostics=none',
    '--colors=off',
    '--reporter=github',
    '.',
  ];
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).stdout;
}

/** What Biome says about one file, a line each. */
const about = (path: string): string =>
  report
    .split('\n')
    .filter((line) => line.includes(`/${path},`))
    .join('\n');

test.each(
  Object.entries(broken).flatMap(([rule, files]) => files.map(([path, source]) => [rule, source, path] as const)),
)('"%s" stops %j in %s', (rule, _source, path) => {
  expect(about(path)).toContain(rule);
});

test.each(owned)('%s may do what it owns: %j', (path) => {
  expect(about(path)).not.toMatch(new RegExp(Object.keys(broken).join('|')));
});
