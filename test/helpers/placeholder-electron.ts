import { appendFileSync, chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../../scripts/electron/find-electron.mjs';
import { fromRoot } from '../../scripts/set-up/root.mjs';

/** Where Electron's binary keeps its fuses: this text, then a version, a number, and a character for each fuse. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE_WIRE_VERSION = 1;
const FUSES = 9;

/** A Windows program with version resources, which the packing writes into. It has nothing to do with Electron. */
const WINDOWS_PROGRAM = fromRoot('node_modules', 'electron-winstaller', 'vendor', '7z-x64.exe');

/**
 * A folder that can be packed as if it were Electron, of a few hundred kilobytes: where its files lie and that its fuses
 * can be flipped is real, and nothing else is.
 */
export function writePlaceholderElectron(folder: string, platform: 'linux' | 'win32'): void {
  for (const name of ['resources', 'locales']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'version'), findElectron().version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', join('locales', 'en-US.pak')])
    writeFileSync(join(folder, name), '');
  const program = join(folder, platform === 'win32' ? 'electron.exe' : 'electron');
  if (platform === 'win32') copyFileSync(WINDOWS_PROGRAM, program);
  else {
    writeFileSync(program, '#!/bin/sh\nexit 1\n');
    writeFileSync(join(folder, 'chrome-sandbox'), '');
  }
  const fuses = Buffer.from(`${FUSE_SENTINEL}__${'1'.repeat(FUSES)}`, 'latin1');
  fuses.writeUInt8(FUSE_WIRE_VERSION, FUSE_SENTINEL.length);
  fuses.writeUInt8(FUSES, FUSE_SENTINEL.length + 1);
  appendFileSync(program, fuses);
  chmodSync(program, 0o755);
}
