import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProof, systemPackages } from '../../../../scripts/testing/find-program.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aside-find-'));
  writeFileSync(join(folder, 'tool'), '');
  chmodSync(join(folder, 'tool'), 0o755);
  writeFileSync(join(folder, 'readme'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a command is found on the path', () => {
  const env = { PATH: ['/nowhere', folder].join(delimiter) };
  expect(findProof({ commands: ['other', 'tool'] }, env)).toBe(join(folder, 'tool'));
});

test('a file that cannot be run is no command', () => {
  expect(findProof({ commands: ['readme'] }, { PATH: folder })).toBeNull();
});

test('a file proves as well as a command', () => {
  expect(findProof({ commands: ['other'], files: [join(folder, 'readme')] }, { PATH: '' })).toBe(
    join(folder, 'readme'),
  );
});

test('what has neither command nor file is not there', () => {
  expect(findProof({ commands: ['other'], files: ['/nowhere/file'] }, { PATH: folder })).toBeNull();
});

test.each(systemPackages)('$name says how its presence is proved', ({ proof }) => {
  expect([...(proof.commands ?? []), ...(proof.files ?? [])]).not.toEqual([]);
});
