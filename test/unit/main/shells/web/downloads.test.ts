import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../../../../main/logging/log.ts';
import {
  type Download,
  type Downloads,
  EMPTY_PLACE_TIMEOUT_MS,
  KEPT_DOWNLOADS,
  openDownloads,
} from '../../../../../main/shells/web/downloads.ts';

async function openInTemporary() {
  const dataDir = await mkdtemp(join(tmpdir(), 'aside-downloads-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const clock = { nowMs: 0 };
  const log = createLog({ write: () => {}, level: 'error' });
  const downloads = await openDownloads(dataDir, log, { now: () => clock.nowMs });
  onTestFinished(() => downloads.close());
  /** How many places there are on the disk. */
  const countPlaces = async () => (await readdir(join(dataDir, (await readdir(dataDir))[0] ?? ''))).length;
  return { dataDir, downloads, clock, countPlaces };
}

/** A finished export, finished `second` seconds after the first. */
async function finish(downloads: Downloads, second: number): Promise<string> {
  const { path, downloadPath } = await downloads.reserve('a.wav');
  await writeFile(path, 'audio');
  await utimes(path, 1_000 + second, 1_000 + second);
  return downloadPath;
}

test('a new place removes all finished files but the newest', async () => {
  const { downloads, countPlaces } = await openInTemporary();
  const paths: string[] = [];
  for (let second = 0; second < KEPT_DOWNLOADS + 2; second += 1) paths.push(await finish(downloads, second));

  await downloads.reserve('new.wav');

  const kept = paths.filter((path) => downloads.find(path) !== null);
  expect(kept).toEqual(paths.slice(2));
  expect(await countPlaces()).toBe(KEPT_DOWNLOADS + 1);
});

test('all files of an export stay or go together', async () => {
  const { downloads, countPlaces } = await openInTemporary();
  const exported: string[][] = [];
  for (let second = 0; second < KEPT_DOWNLOADS + 1; second += 1) {
    const { path } = await downloads.reserve('book.mp3');
    const files = ['book-01.mp3', 'book-02.mp3', 'book-01.srt'].map((name) => join(dirname(path), name));
    for (const file of files) await writeFile(file, 'made');
    for (const file of files) await utimes(file, 1_000 + second, 1_000 + second);
    exported.push(files.map((file) => downloads.offer(file)));
  }

  await downloads.reserve('new.wav');

  const found = exported.map((paths) => paths.filter((path) => downloads.find(path) !== null).length);
  expect(found).toEqual([0, ...Array.from({ length: KEPT_DOWNLOADS }, () => 3)]);
  expect(await countPlaces()).toBe(KEPT_DOWNLOADS + 1);
});

test('a file that is being sent stays until it is sent', async () => {
  const { downloads } = await openInTemporary();
  const oldest = await finish(downloads, 0);
  const download = downloads.find(oldest) as Download;
  const release = downloads.hold(download);
  for (let second = 1; second <= KEPT_DOWNLOADS; second += 1) await finish(downloads, second);

  await downloads.reserve('new.wav');
  expect((await stat(download.path)).size).toBe(5);
  release();
  await downloads.reserve('newer.wav');

  expect(downloads.find(oldest)).toBeNull();
  await expect(stat(download.path)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a place whose file never came is removed, and counts for none of the finished', async () => {
  const { downloads, clock } = await openInTemporary();
  const finished = await finish(downloads, 0);
  const cancelled: string[] = [];
  for (let count = 0; count <= KEPT_DOWNLOADS; count += 1) cancelled.push((await downloads.reserve('a.wav')).path);
  clock.nowMs = EMPTY_PLACE_TIMEOUT_MS;

  await downloads.reserve('new.wav');

  for (const path of cancelled) await expect(stat(dirname(path))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(downloads.find(finished)).not.toBeNull();
});

test('an export that has not made its file yet keeps its place', async () => {
  const { downloads, clock } = await openInTemporary();
  const { path } = await downloads.reserve('a.wav');
  clock.nowMs = EMPTY_PLACE_TIMEOUT_MS - 1;

  await downloads.reserve('new.wav');

  expect((await stat(dirname(path))).isDirectory()).toBe(true);
});

test('an export that takes long keeps its place', async () => {
  const { downloads, clock } = await openInTemporary();
  const { path, downloadPath } = await downloads.reserve('a.wav');
  await writeFile(`${path}.part`, 'audio');
  clock.nowMs = 100 * EMPTY_PLACE_TIMEOUT_MS;

  await downloads.reserve('new.wav');

  expect((await stat(`${path}.part`)).size).toBe(5);
  expect(downloads.find(downloadPath)).not.toBeNull();
});

test('downloads go to the temporary folder when the data folder cannot be written', async () => {
  const { dataDir } = await openInTemporary();
  const file = join(dataDir, 'file');
  await writeFile(file, ''); // no folder can be made under a file, not even by root
  const log = createLog({ write: () => {}, level: 'error' });

  const downloads = await openDownloads(join(file, 'data'), log);
  onTestFinished(() => downloads.close());
  const { path } = await downloads.reserve('a.wav');

  const folder = dirname(dirname(path));
  expect(folder.startsWith(join(tmpdir(), `aside-downloads-${process.pid}-`))).toBe(true);
  await downloads.close();
  await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

test.runIf(process.platform !== 'win32')('a data folder that it makes is for this user only', async () => {
  const { dataDir } = await openInTemporary();
  const made = join(dataDir, 'made');

  const downloads = await openDownloads(made, createLog({ write: () => {}, level: 'error' }));
  onTestFinished(() => downloads.close());

  expect((await stat(made)).mode & 0o777).toBe(0o700);
});

test('what a queue shows stays, with files that came beside it, and takes no room from others', async () => {
  const { downloads } = await openInTemporary();
  const oldest = await finish(downloads, 0);
  const { path } = downloads.find(oldest) as Download;
  const release = downloads.keep(path);
  const beside = downloads.offer(join(dirname(path), 'a 1%.srt'));
  const others: string[] = [];
  for (let second = 1; second <= KEPT_DOWNLOADS; second += 1) others.push(await finish(downloads, second));

  await downloads.reserve('new.wav');
  expect(downloads.find(oldest)?.path).toBe(path);
  expect(downloads.find(beside)).toMatchObject({ path: join(dirname(path), 'a 1%.srt'), fileName: 'a 1%.srt' });
  expect(others.every((other) => downloads.find(other) !== null)).toBe(true);
  release();
  await downloads.reserve('newer.wav');
  expect(downloads.find(oldest)).toBeNull();
});

/** A folder of the user's with a file of theirs, and an export of the command's in it that was gone on with here. */
async function openWithAdopted() {
  const opened = await openInTemporary();
  const music = join(await mkdtemp(join(tmpdir(), 'aside-users-')), 'Music');
  onTestFinished(() => rm(dirname(music), { recursive: true, force: true }));
  await mkdir(music);
  await writeFile(join(music, 'precious.flac'), 'mine');
  const adopt = async (name: string) => {
    const path = join(music, name);
    const release = opened.downloads.keep(path);
    await writeFile(path, 'audio');
    await utimes(path, 1_000, 1_000);
    return { path, release, downloadPath: opened.downloads.offer(path) };
  };
  return { ...opened, music, adopt };
}

test('a folder of the user’s stays with all that is in it when an export there is old', async () => {
  const { downloads, music, adopt } = await openWithAdopted();
  const { release, downloadPath } = await adopt('book.mp3');
  release();
  for (let second = 1; second <= KEPT_DOWNLOADS; second += 1) await finish(downloads, second);

  await downloads.reserve('new.wav');

  expect((await readdir(music)).toSorted()).toEqual(['book.mp3', 'precious.flac']);
  expect(downloads.find(downloadPath)).toBeNull();
});

test('an emptied folder of the user’s stays', async () => {
  const { downloads, music, adopt, clock } = await openWithAdopted();
  const { downloadPath, path } = await adopt('book.mp3');
  await Promise.all([path, join(music, 'precious.flac')].map((file) => rm(file)));
  clock.nowMs = EMPTY_PLACE_TIMEOUT_MS;

  await downloads.reserve('new.wav');

  expect(await readdir(music)).toEqual([]);
  expect(downloads.find(downloadPath)).toBeNull();
});

test('of two exports in one folder each is kept for itself', async () => {
  const { downloads, adopt } = await openWithAdopted();
  const [one, two] = [await adopt('one.mp3'), await adopt('two.mp3')];
  one.release();
  one.release();
  for (let second = 1; second <= KEPT_DOWNLOADS; second += 1) await finish(downloads, second);

  await downloads.reserve('new.wav');

  expect(downloads.find(two.downloadPath)?.path).toBe(two.path);
});

test('files of one name in folders of one name are fetched each for itself', async () => {
  const { downloads } = await openInTemporary();

  const offered = ['/home/one/Music/book.mp3', '/home/two/Music/book.mp3'].map((path) => downloads.offer(path));

  expect(offered.map((path) => downloads.find(path)?.path)).toEqual([
    '/home/one/Music/book.mp3',
    '/home/two/Music/book.mp3',
  ]);
});

test('what a killed run had begun is removed like all else when it is made and old', async () => {
  const { dataDir } = await openInTemporary();
  const place = join(dataDir, `downloads-${2 ** 22 + 1}-abcdef`, 'id');
  const path = join(place, 'book.wav');
  await mkdir(place, { recursive: true });
  const log = createLog({ write: () => {}, level: 'error' });
  const downloads = await openDownloads(dataDir, log, { unfinished: [path] });
  onTestFinished(() => downloads.close());
  const release = downloads.keep(path);
  await writeFile(path, 'audio');
  await utimes(path, 1_000, 1_000);
  downloads.offer(path);
  for (let second = 1; second <= KEPT_DOWNLOADS; second += 1) await finish(downloads, second);

  await downloads.reserve('new.wav');
  expect(await readFile(path, 'utf8')).toBe('audio');
  release();
  await downloads.reserve('newer.wav');

  await expect(stat(place)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('the start removes nothing that is only named like a folder of a run', async () => {
  const { dataDir } = await openInTemporary();
  const names = ['downloads-2024', 'downloads-of-mine', `downloads-${2 ** 22 + 1}`];
  for (const name of names) await mkdir(join(dataDir, name));

  const downloads = await openDownloads(dataDir, createLog({ write: () => {}, level: 'error' }));
  onTestFinished(() => downloads.close());

  expect(await readdir(dataDir)).toEqual(expect.arrayContaining(names));
});
