import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openSettingsStore, type SettingsStore } from '../../../../main/settings/settings-store.ts';
import type { AsideError } from '../../../../protocol/errors.ts';
import { DEFAULT_SETTINGS } from '../../../../protocol/model/settings.ts';
import { createCollectingLog } from '../../../helpers/collecting-log.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

let dir = '';
let path = '';
const opened: SettingsStore[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-settings-'));
  path = join(dir, 'settings.json');
});
afterEach(async () => {
  vi.useRealTimers();
  // What is not yet written would come to life in a folder that is gone.
  await Promise.all(opened.splice(0).map((store) => store.flush()));
  rmSync(dir, { recursive: true, force: true });
});

async function open(at = dir): Promise<{ store: SettingsStore; problems: AsideError<'file'>[]; lines: string[] }> {
  const problems: AsideError<'file'>[] = [];
  const { log, lines } = createCollectingLog();
  const store = await openSettingsStore({ dir: at, onProblem: (error) => problems.push(error), log });
  opened.push(store);
  return { store, problems, lines };
}

const onDisk = (): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('kept between runs', () => {
  test('a new user has the defaults, and no file', async () => {
    const { store } = await open();
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
    expect(store.takeNotices()).toEqual([]);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('a patch changes what it names, at once', async () => {
    const { store } = await open();
    const patched = store.patch({ theme: 'dark' });
    expect(patched).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(store.get()).toEqual(patched);
  });

  test('a key that is there and undefined changes nothing', async () => {
    const { store } = await open();
    expect(store.patch({ theme: undefined })).toEqual(DEFAULT_SETTINGS);
  });

  test('the next run has what this one chose', async () => {
    const { store } = await open();
    store.patch({ voiceId: 'espeak:gmw/en', fontSizePx: 30 });
    await store.flush();
    expect((await open()).store.get()).toEqual({ ...DEFAULT_SETTINGS, voiceId: 'espeak:gmw/en', fontSizePx: 30 });
  });

  test('it is on disk after a quiet time, without a flush', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { store } = await open();
    store.patch({ theme: 'dark' });
    await vi.advanceTimersByTimeAsync(300);
    vi.useRealTimers();
    await waitFor(() => expect(onDisk()).toMatchObject({ theme: 'dark' }));
  });

  test('the folder is made when it is missing', async () => {
    const { store } = await open(join(dir, 'not', 'yet'));
    store.patch({ theme: 'dark' });
    await store.flush();
    expect(readdirSync(join(dir, 'not', 'yet'))).toEqual(['settings.json']);
  });
});

describe('a file that is not as it should be', () => {
  test('one bad value has its default, the others stay, and the log says which', async () => {
    writeFileSync(path, JSON.stringify({ theme: 'dark', fontSizePx: 'huge' }));
    const { store, lines } = await open();
    expect(store.get()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(store.takeNotices()).toEqual([]);
    expect(lines.join('\n')).toMatch(/warn bad setting, default taken .*key=fontSizePx/);
  });

  test('keys of a newer version are still there when it is written', async () => {
    writeFileSync(
      path,
      JSON.stringify({ theme: 'dark', newer: { a: 1 }, prosody: { rate: 2, pitch: 0, volume: 50, timbre: 9 } }),
    );
    const { store } = await open();
    store.patch({ theme: 'light' });
    await store.flush();
    expect(onDisk()).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'light',
      newer: { a: 1 },
      prosody: { rate: 2, pitch: 0, volume: 50, timbre: 9 },
    });
  });

  test.each([
    ['cut off', '{"theme": "da'],
    ['empty', ''],
    ['zeros', '\0\0\0\0'],
    ['an array', '[]'],
    ['null', 'null'],
  ])('a file that is %s is set aside whole, and a notice says where, once', async (_what, content) => {
    writeFileSync(path, content);
    const { store } = await open();
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
    const [name = ''] = readdirSync(dir);
    expect(name).toMatch(/^settings\.json\.corrupt-/);
    expect(readFileSync(join(dir, name), 'utf8')).toBe(content);
    const notices = store.takeNotices();
    expect(notices).toMatchObject([{ code: 'file', details: { path: join(dir, name), reason: 'corrupt' } }]);
    expect(notices[0]?.remedy).toContain(name);
    expect(store.takeNotices()).toEqual([]);
  });

  test('a folder in its place is set aside too', async () => {
    mkdirSync(path);
    const { store } = await open();
    store.patch({ theme: 'dark' });
    await store.flush();
    expect(onDisk()).toMatchObject({ theme: 'dark' });
    expect(store.takeNotices()).toHaveLength(1);
  });
});

describe('a place that cannot be written', () => {
  const blocked = (): string => join(path, 'inside'); // its parent is a file, which root cannot write into either

  test('is reported with reason and remedy, and the value is kept', async () => {
    writeFileSync(path, '{}');
    const { store, problems } = await open(blocked());
    store.patch({ theme: 'dark' });
    await store.flush();
    expect(problems).toMatchObject([{ code: 'file', details: { reason: 'ENOTDIR' } }]);
    expect(problems[0]?.remedy).not.toBe('');
    expect(store.get().theme).toBe('dark');
  });

  test('is reported once, not with every change', async () => {
    writeFileSync(path, '{}');
    const { store, problems } = await open(blocked());
    for (const theme of ['dark', 'light', 'system'] as const) {
      store.patch({ theme });
      await store.flush();
    }
    expect(problems).toHaveLength(1);
  });

  test('is tried again with the next change, and a later failure is reported anew', async () => {
    writeFileSync(path, '{}');
    const { store, problems } = await open(blocked());
    store.patch({ theme: 'dark' });
    await store.flush();
    rmSync(path);
    store.patch({ fontSizePx: 20 });
    await store.flush();
    expect(JSON.parse(readFileSync(join(blocked(), 'settings.json'), 'utf8'))).toMatchObject({
      theme: 'dark',
      fontSizePx: 20,
    });
    rmSync(path, { recursive: true });
    writeFileSync(path, '{}');
    store.patch({ fontSizePx: 21 });
    await store.flush();
    expect(problems).toHaveLength(2);
  });
});
