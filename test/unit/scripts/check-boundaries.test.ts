import { describe, expect, test } from 'vitest';
import { violations } from '../../../scripts/check-boundaries.mjs';

const imports = (target: string): string => `import { x } from '${target}';\n`;

describe('an import that crosses a boundary is found', () => {
  test.each([
    ['protocol/contract/port.ts', '../../main/app.ts'],
    ['protocol/errors.ts', 'node:fs'],
    ['protocol/errors.ts', 'ws'],
    ['native-host/runtime/run-host.ts', '../speech/speak.ts'],
    ['native-host/speech/speak.ts', '../../main/speech/voices.ts'],
    ['native-host/host.ts', 'electron'],
    ['renderer/app.tsx', '../main/app.ts'],
    ['renderer/features/editor/editor.tsx', '../../../native-host/host.ts'],
    ['renderer/app.tsx', 'node:path'],
    ['renderer/app.tsx', './preload/preload.ts'],
    ['renderer/preload/preload.ts', 'node:fs'],
    ['renderer/preload/preload.ts', '../features/editor/editor.tsx'],
    ['renderer/app.tsx', 'electron'],
    ['main/app.ts', '../native-host/host.ts'],
    ['main/app.ts', '../renderer/app.tsx'],
    ['main/app.ts', '../scripts/build.mjs'],
    ['main/app.ts', './shells/web/web-shell.ts'],
    ['main/app.ts', 'electron'],
    ['main/app.ts', 'electron/main'],
    ['main/hosts/host-pool.ts', '../speech/voices.ts'],
    ['main/hosts/host-pool.ts', '../app.ts'],
    ['main/logging/log.ts', '../hosts/launcher.ts'],
    ['main/documents/read-document.ts', '../speech/voices.ts'],
    ['main/settings/settings-store.ts', '../speech/voices.ts'],
    ['main/speech/speaker.ts', '../exports/export-wav.ts'],
    ['main/speech/speaker.ts', '../shells/cli/run.ts'],
    ['main/exports/export-wav.ts', '../app.ts'],
    ['main/shells/cli/run.ts', '../web/web-shell.ts'],
    ['main/shells/web/web-shell.ts', '../electron/window.ts'],
    ['main/shells/web/web-shell.ts', 'electron'],
    ['main/shells/electron/window.ts', '../cli/run.ts'],
    ['main/shells/renderer-files.ts', './web/web-shell.ts'],
    ['main/main.ts', '../native-host/host.ts'],
    ['main/cli.ts', 'electron'],
    ['main/serve.ts', 'electron'],
  ])('%s -> %s', (file, target) => {
    expect(violations(file, imports(target))).toEqual([
      expect.stringContaining(`${file}:1 must not import ${target}: `),
    ]);
  });
});

describe('an import on the right side is let pass', () => {
  test.each([
    ['protocol/contract/connect.ts', './port.ts'],
    ['protocol/errors.ts', 'zod'],
    ['native-host/speech/speak.ts', '../runtime/call-module.ts'],
    ['native-host/engines/engine.ts', '../../protocol/model/voice.ts'],
    ['renderer/app.tsx', 'react'],
    ['renderer/app.tsx', './app.css'],
    ['renderer/preload/preload.ts', 'electron'],
    ['main/hosts/host-pool.ts', '../logging/log.ts'],
    ['main/exports/export-wav.ts', '../speech/voices.ts'],
    ['main/app.ts', './speech/voices.ts'],
    ['main/shells/web/web-shell.ts', '../../app.ts'],
    ['main/shells/electron/window.ts', 'electron'],
    ['main/main.ts', 'electron'],
    ['main/main.ts', './shells/electron/window.ts'],
    ['main/cli.ts', './shells/web/web-shell.ts'],
    ['main/documents/read.ts', 'electronic-books'],
    ['test/unit/main/app.test.ts', '../../../main/app.ts'],
  ])('%s -> %s', (file, target) => {
    expect(violations(file, imports(target))).toEqual([]);
  });
});

test.each([
  "import type { X } from 'electron';",
  "import electron from 'electron';",
  "import 'electron';",
  "import {\n  app,\n  type X,\n} from 'electron';",
  "export { app } from 'electron';",
  "export * from 'electron';",
  "const x = await import('electron');",
  "type X = import('electron').App;",
  'import { app } from "electron";',
])('%j is an import', (source) => {
  expect(violations('main/app.ts', source)).toHaveLength(1);
});

test.each([
  "export const name = 'electron';",
  "// import { app } from 'electron';",
  'const text = "an import from \'electron\'";',
])('%j is no import', (source) => {
  expect(violations('main/app.ts', source)).toEqual([]);
});

test('a violation is told with its line', () => {
  expect(violations('main/app.ts', `// one\n\n${imports('electron')}`)).toEqual([
    expect.stringContaining('main/app.ts:3 '),
  ]);
});
