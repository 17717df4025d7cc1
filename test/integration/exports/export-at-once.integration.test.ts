import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { UnfinishedExports } from '../../../main/exports/unfinished-exports.ts';
import { openAudioHosts } from '../../helpers/audio-files.ts';
import { openRealExports, PROSE, sha256Of } from '../../helpers/export-with-espeak.ts';

const TEXT = PROSE.slice(0, 900);

const exports = openRealExports(2);
const audio = openAudioHosts(1);
const isAudioHostUsed = (): boolean => audio.status().some(({ calls }) => calls > 0);
let dir = '';
let path = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-at-once-'));
  path = join(dir, 'short.wav');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
afterAll(async () => {
  await Promise.all([exports.close(), audio.terminate()]);
});

it('makes the same file of a text of one piece as the usual way does, without an audio host', async () => {
  const tags = { title: 'Überschrift', author: 'Someone' };
  const made = await exports.make({ text: TEXT, path, ...tags, audio });
  expect(isAudioHostUsed()).toBe(false);
  expect(readdirSync(dir)).toEqual(['short.wav']);

  const usual = join(dir, 'usual.wav');
  mkdirSync(`${usual}.part`); // as left by a run that was killed: that is looked through in the usual way
  const expected = await exports.make({ text: TEXT, path: usual, ...tags });
  expect(await sha256Of(path)).toBe(await sha256Of(usual));
  const { files, hosts, elapsedMs, ...facts } = made;
  expect(expected).toMatchObject(facts);
  expect(files).toEqual([{ ...expected.files[0], path }]);
  expect(hosts).toMatchObject([{ requests: 1 }]);
});

it('leaves a folder alone that is not of this export, and the text in it for a later run', async () => {
  mkdirSync(`${path}.part`);
  writeFileSync(join(`${path}.part`, 'lock'), JSON.stringify({ pid: process.ppid, host: hostname(), token: 'theirs' }));
  await expect(exports.make({ text: TEXT, path })).rejects.toMatchObject({
    code: 'refused',
    details: { reason: 'target-busy' },
  });
  expect(readdirSync(`${path}.part`)).toEqual(['lock']);
});

it.each([
  ['that it would have gone on with', {}],
  ['that was another text’s', { text: 'Another text.' }],
])('keeps work of a run that was killed, %s, and its note, when it is cancelled before its turn', async (_, other) => {
  const unfinished = new UnfinishedExports(join(dir, 'data'));
  const left = join(dir, 'left');
  const onMade = async (): Promise<void> => cpSync(`${path}.part`, left, { recursive: true });
  await exports.make({ text: TEXT, path, ...other, onMade });
  rmSync(path);
  rmSync(join(left, 'lock'));
  writeFileSync(join(left, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), token: 'killed' }));
  renameSync(left, `${path}.part`);
  await unfinished.note(`${path}.part`);

  const signal = AbortSignal.abort();
  await expect(exports.make({ text: TEXT, path, unfinished, signal })).rejects.toMatchObject({
    code: 'request-cancelled',
  });
  expect(await unfinished.list()).toMatchObject([{ folder: `${path}.part` }]);
});

it('takes the usual way for a text of more than one piece', async () => {
  await exports.make({ text: PROSE.slice(0, 9_000), path, audio });
  expect(isAudioHostUsed()).toBe(true);
});

it('is offered again when it was killed in the middle, and then makes the same file', async () => {
  const unfinished = new UnfinishedExports(join(dir, 'data'));
  const left = join(dir, 'left');
  await exports.make({
    text: TEXT,
    path,
    unfinished,
    onProgress: () => existsSync(`${path}.part`) && cpSync(`${path}.part`, left, { recursive: true }),
  });
  const expected = await sha256Of(path);
  expect(await unfinished.list()).toEqual([]);

  rmSync(path);
  renameSync(left, `${path}.part`);
  await unfinished.note(`${path}.part`);
  const offered = await unfinished.list();
  expect(offered).toMatchObject([{ text: TEXT, percent: 0, job: { path } }]);
  await exports.make({ text: TEXT, path, unfinished });
  expect(await sha256Of(path)).toBe(expected);
  expect(await unfinished.list()).toEqual([]);
});

it.each([TEXT, PROSE.slice(0, 9_000)])('has its work there until it is known to be made', async (text) => {
  const unfinished = new UnfinishedExports(join(dir, 'data'));
  const left = join(dir, 'left');
  let knew: unknown;
  const onMade = async (): Promise<void> => {
    await Promise.resolve();
    knew = { audio: existsSync(path), work: existsSync(join(`${path}.part`, 'job.json')) };
    cpSync(`${path}.part`, left, { recursive: true });
  };
  await exports.make({ text, path, unfinished, onMade });
  expect(knew).toEqual({ audio: true, work: true });
  expect(existsSync(`${path}.part`)).toBe(false);

  // Of work that was being removed nothing is offered: what it was told goes first.
  rmSync(join(left, 'job.json'));
  renameSync(left, `${path}.part`);
  await unfinished.note(`${path}.part`);
  expect(await unfinished.list()).toEqual([]);
});

it('leaves nothing of itself, and what was there, when it is cancelled', async () => {
  await exports.make({ text: TEXT.slice(0, 200), path });
  const before = await sha256Of(path);
  const cancel = new AbortController();
  const cancelled = exports.make({ text: TEXT, path, signal: cancel.signal, onProgress: () => cancel.abort() });
  await expect(cancelled).rejects.toMatchObject({ code: 'request-cancelled' });
  expect(await sha256Of(path)).toBe(before);
  expect(readdirSync(dir)).toEqual(['short.wav']);
});
