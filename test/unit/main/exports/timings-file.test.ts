import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { TimingsFile } from '../../../../main/exports/timings-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'aside-timings-'));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

it('does not depend on a single write that may fall short', async () => {
  const probe = await open(join(dir, 'probe'), 'w');
  const handles = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  vi.spyOn(handles, 'write').mockResolvedValue({ bytesWritten: 0, buffer: '' } as never);
  const path = join(dir, 't.json');
  const timings = await TimingsFile.open(path, 'Word');
  await timings.add([{ kind: 'word', charIndex: 0, charLength: 4, atMs: 0 }], 0);
  await timings.commit();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveLength(1);
});
