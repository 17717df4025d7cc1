import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderNotes } from '../../../main/exports/folder-notes.ts';
import { readIfThere } from '../../helpers/read-if-there.ts';
import { type AsideRun, runAside, startAside } from '../../helpers/run-aside.ts';
import { waitUntil } from '../../helpers/wait-for.ts';

/** What a kill, at whatever moment, leaves of a batch of texts, and what becomes of the rest. */
const SCRIPTED = ['--engine', 'scripted'];
const NAMES = Array.from({ length: 9 }, (_, at) => `text${at}`);

let dir = '';
let inputs: string[] = [];
let env: Record<string, string> = {};
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-batch-resume-'));
  env = { ASIDE_DATA_DIR: join(dir, 'data'), ASIDE_ENGINES: 'scripted' };
  inputs = NAMES.map((name) => input(name, `This is {{slow 10}} ${name}. ${'It has words. '.repeat(3)}`));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const at = (...names: string[]): string => join(dir, ...names);

function input(name: string, text: string): string {
  writeFileSync(at(`${name}.txt`), text);
  return at(`${name}.txt`);
}

const inFolder = (folder = 'audio'): string[] => (existsSync(at(folder)) ? readdirSync(at(folder)).toSorted() : []);
const made = (folder = 'audio'): string[] => inFolder(folder).filter((name) => !name.includes('.part'));
const batchFolders = (): string[] => inFolder().filter((name) => name.startsWith('aside-batch-'));
const contents = (folder: string): Map<string, string> =>
  new Map(made(folder).map((name) => [name, readFileSync(at(folder, name)).toString('base64')]));

/** The folders that are noted. A note whose folder is gone goes later: a kill comes between the two. */
async function noted(): Promise<string[]> {
  const dirs = ['unfinished', 'unfinished-batches'].map((name) => new FolderNotes(at('data', name)));
  const notes = (await Promise.all(dirs.map((one) => one.list()))).flat();
  return notes.flatMap(({ folder }) => (folder !== null && existsSync(folder) ? [folder] : []));
}

const batch = (more: readonly string[] = [], folder = 'audio'): string[] => [
  ...['export', ...inputs, '--out-dir', at(folder), '--jobs', '2', ...SCRIPTED],
  ...more,
];
const resume = (more: readonly string[] = []) => runAside(['export', '--resume', ...more], { env });

/** What the same batch makes that nobody disturbs. */
async function calm(more: readonly string[] = []): Promise<Map<string, string>> {
  await runAside(batch(more, 'calm'), { env });
  return contents('calm');
}

const isRemembered = (): boolean => batchFolders().some((name) => existsSync(at('audio', name, 'batch.json')));

/** Started, and come so far. */
async function startedUntil(isSo: () => boolean, more: readonly string[] = []): Promise<AsideRun> {
  const run = startAside(batch(more), env);
  await waitUntil(isSo);
  return run;
}

async function killed(isSo: () => boolean, more: readonly string[] = []): Promise<void> {
  const run = await startedUntil(isSo, more);
  run.process.kill('SIGKILL');
  await run.exited;
}

async function interrupted(isSo: () => boolean): Promise<{ exitCode: number | null; stderr: string }> {
  const run = await startedUntil(isSo);
  run.process.kill('SIGINT');
  const { exitCode } = await run.exited;
  return { exitCode, stderr: await run.stderr };
}

const some =
  (count: number): (() => boolean) =>
  () =>
    isRemembered() && made().length >= count;

async function expectNothingLeft(): Promise<void> {
  const again = await resume();
  expect(again.stdout.toString()).toBe('There is no unfinished export.\n');
  expect(await noted()).toEqual([]);
  expect(inFolder()).toEqual(made());
}

describe('a batch that was killed', () => {
  it.each([0, 1, 3, 6])('is gone on with after %i files, and the files are those of a calm one', async (count) => {
    const whole = await calm();
    await killed(some(count));
    const before = made();
    const rest = NAMES.filter((name) => !before.includes(`${name}.wav`));
    expect(rest.length).toBeGreaterThan(0);
    const { exitCode, stdout, stderr } = await resume(['--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { items } = JSON.parse(stdout.toString());
    expect(items).toEqual(
      rest.map((name) => ({
        ...{ input: at(`${name}.txt`), out: at('audio', `${name}.wav`), kind: 'made' },
        summary: expect.objectContaining({ characters: expect.any(Number) }),
      })),
    );
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });

  it('is gone on with as often as it is killed', async () => {
    const whole = await calm();
    await killed(some(1));
    const count = made().length;
    const run = startAside(['export', '--resume'], env);
    await waitUntil(() => made().length > count);
    run.process.kill('SIGKILL');
    await run.exited;
    expect((await resume()).exitCode).toBe(0);
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });

  it('replaces nothing that came since, says so, and makes it once there is room for it', async () => {
    const whole = await calm(['--subtitles', 'srt']);
    await killed(some(2), ['--subtitles', 'srt']);
    const name = NAMES.findLast((one) => !inFolder().some((file) => file.startsWith(`${one}.`))) ?? '';
    writeFileSync(at('audio', `${name}.srt`), 'MINE');
    const first = await resume();
    expect(first.exitCode).toBe(1);
    expect(first.stderr).toContain(`${name}.srt is there already`);
    expect(first.stderr).toContain('what was not made is kept: aside export --resume tries it again');
    expect(readFileSync(at('audio', `${name}.srt`), 'utf8')).toBe('MINE');
    rmSync(at('audio', `${name}.srt`));
    expect((await resume()).exitCode).toBe(0);
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });

  it('replaces nothing that came since where it had begun with a text, and goes on with that afterwards', async () => {
    inputs = [input('long', `This is {{slow 20}} long. ${'It has words. '.repeat(9_000)}`), ...inputs.slice(0, 2)];
    const whole = await calm();
    await killed(() => existsSync(at('audio', 'long.wav.part', 'journal.jsonl')));
    writeFileSync(at('audio', 'long.wav'), 'MINE');
    const first = await resume();
    expect([first.exitCode, readFileSync(at('audio', 'long.wav'), 'utf8')]).toEqual([1, 'MINE']);
    expect(first.stderr).toContain('long.wav is there already');
    rmSync(at('audio', 'long.wav'));
    expect((await resume()).exitCode).toBe(0);
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });

  it('is removed by --discard, which keeps what was made', async () => {
    await killed(some(2));
    const before = contents('audio');
    const left = NAMES.length - before.size;
    const { exitCode, stdout } = await runAside(['export', '--discard', '--yes'], { env });
    expect([exitCode, stdout.toString()]).toEqual([
      0,
      expect.stringContaining(`.part: ${left} of ${NAMES.length} texts not begun\nRemoved.`),
    ]);
    expect(contents('audio')).toEqual(before);
    await expectNothingLeft();
  });

  it('is ended by the same command', async () => {
    const whole = await calm();
    await killed(some(2));
    expect((await runAside(batch(), { env })).exitCode).toBe(0);
    expect([await noted(), inFolder()]).toEqual([[], made()]);
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });

  it('is ended by the same command, also where one of its texts cannot be made', async () => {
    inputs.push(input('empty', ' '));
    await killed(some(2));
    expect((await runAside(batch(), { env })).exitCode).toBe(1);
    expect([await noted(), inFolder()]).toEqual([[], made()]);
    await expectNothingLeft();
  });

  it('says when it is interrupted again that there is a rest', async () => {
    await killed(some(1));
    const before = made().length;
    const run = startAside(['export', '--resume'], { ...env, ASIDE_ENGINES: 'scripted' });
    await waitUntil(() => made().length > before);
    run.process.kill('SIGINT');
    const { exitCode } = await run.exited;
    expect(exitCode).toBe(130);
    expect(await run.stderr).toContain('the rest is kept: aside export --resume makes it');
    expect(String(await run.stdout)).toMatch(/\d of \d made\n$/u);
    expect((await resume()).exitCode).toBe(0);
    await expectNothingLeft();
  });

  it('does not replace a text that was exported by hand since', async () => {
    await killed(some(1));
    const name = NAMES.findLast((one) => !made().includes(`${one}.wav`)) ?? '';
    const byHand = ['export', input('other', 'By hand.'), '--out', at('audio', `${name}.wav`), ...SCRIPTED];
    await runAside(byHand, { env });
    const mine = contents('audio').get(`${name}.wav`);
    expect((await resume()).exitCode).toBe(0);
    expect(contents('audio').get(`${name}.wav`)).toBe(mine);
    expect(made()).toEqual(NAMES.map((one) => `${one}.wav`));
    await expectNothingLeft();
  });

  it('waits for a voice that is gone', async () => {
    const whole = await calm();
    await killed(some(1));
    const before = made();
    const { exitCode, stderr } = await runAside(['export', '--resume'], { env: { ...env, ASIDE_ENGINES: 'espeak' } });
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/The voice scripted:\S+, which was chosen for .* is not here/u),
    ]);
    expect(made()).toEqual(before);
    expect((await resume()).exitCode).toBe(0);
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });

  it.each([
    ['MP3', ['--format', 'mp3']],
    ['WAV with subtitles', ['--subtitles', 'srt']],
    ['chapters', ['--split', 'chapter']],
    ['tags and another speed', ['--title', 'All of it', '--author', 'Somebody', '--rate', '1.5']],
  ])('makes the same of the rest: %s', async (_, more) => {
    inputs = NAMES.map((name) =>
      input(name, `Chapter 1\n\nThis is {{slow 10}} ${name}. It has words.\n\nChapter 2\n\nAnd more of them.\n`),
    );
    const whole = await calm(more);
    await killed(some(2), more);
    expect(made().length).toBeLessThan(whole.size);
    expect((await resume()).exitCode).toBe(0);
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });

  it('is gone on with where one of its texts is a long one that was begun', async () => {
    inputs = [input('long', 'Sentence {{slow 2}} has words, and it takes its time. '.repeat(180)), ...inputs];
    const whole = await calm();
    await killed(() => existsSync(at('audio', 'long.wav.part', 'journal.jsonl')) && made().length > 0);
    expect((await resume()).exitCode).toBe(0);
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });

  it('does not lose the last of its texts where that is interrupted again before any of it is made', async () => {
    inputs = [input('long', `This {{block 60000}} takes long. ${'It has words. '.repeat(900)}`)];
    const work = (name: string): string => at('audio', 'long.wav.part', name);
    await killed(() => existsSync(work('journal.jsonl')));
    const run = startAside(['export', '--resume'], env);
    await waitUntil(() => readIfThere(work('lock')).includes(`"pid":${run.process.pid},`));
    run.process.kill('SIGINT');
    expect(await run.exited).toMatchObject({ exitCode: 130 });
    const { stdout } = await runAside(['export', '--discard', '--yes'], { env });
    expect(stdout.toString()).toBe(`${at('audio', 'long.wav.part')}: 0 % done\nRemoved.\n`);
    await expectNothingLeft();
  });

  it('stays where its folder cannot be used, and keeps no other from being made', async () => {
    const whole = await calm();
    await killed(some(1));
    const [stuck = ''] = batchFolders();
    const before = made();
    mkdirSync(at('audio', stuck, 'lock.turn')); // in the way of whoever takes the lock of the run that is gone
    const all = inputs;
    inputs = [input('other', 'This is {{slow 10}} another.'), input('more', `More {{block 60000}} of it.`)];
    const run = startAside(batch([], 'others'), env);
    await waitUntil(() => made('others').includes('other.wav'));
    run.process.kill('SIGKILL');
    await run.exited;
    input('more', 'More of it.');
    const { exitCode, stderr } = await resume();
    const rest = NAMES.filter((name) => !before.includes(`${name}.wav`));
    expect([exitCode, stderr.match(/\S+(?=\.txt was not exported)/gu)]).toEqual([1, rest]);
    expect([made(), made('others')]).toEqual([before, ['more.wav', 'other.wav']]);

    inputs = all;
    rmdirSync(at('audio', stuck, 'lock.turn'));
    expect((await resume()).exitCode).toBe(0);
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });

  it('tells of a text that is gone, makes the others, and that one when it is back', async () => {
    const whole = await calm();
    await killed(some(1));
    const name = NAMES.findLast((one) => !made().includes(`${one}.wav`)) ?? '';
    renameSync(at(`${name}.txt`), at('elsewhere'));
    const { exitCode, stderr } = await resume();
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`${name}.txt was not exported`)]);
    expect(made()).toEqual(NAMES.filter((one) => one !== name).map((one) => `${one}.wav`));
    renameSync(at('elsewhere'), at(`${name}.txt`));
    expect((await resume()).exitCode).toBe(0);
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });

  it('gives up a text that no remedy helps, and says why', async () => {
    await killed(some(1));
    const name = NAMES.findLast((one) => !made().includes(`${one}.wav`)) ?? '';
    writeFileSync(at(`${name}.txt`), ' ');
    const { exitCode, stderr } = await resume();
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('The text is empty')]);
    await expectNothingLeft();
  });
});

describe('a batch that is interrupted', () => {
  it('keeps the rest, and says so', async () => {
    const whole = await calm();
    const { exitCode, stderr } = await interrupted(some(2));
    expect([exitCode, stderr]).toEqual([
      130,
      expect.stringContaining('the rest is kept: aside export --resume makes it'),
    ]);
    expect((await resume()).exitCode).toBe(0);
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });

  it('leaves nothing where nothing was made', async () => {
    inputs = NAMES.map((name) => input(name, `This is {{block 60000}} ${name}.`));
    const { exitCode, stderr } = await interrupted(isRemembered);
    expect([exitCode, stderr]).toEqual([130, expect.not.stringContaining('kept')]);
    expect([await noted(), inFolder()]).toEqual([[], []]);
    await expectNothingLeft();
  });
});

describe('a text of a batch', () => {
  it('is refused while another export makes its file', async () => {
    const [first = '', ...others] = NAMES;
    mkdirSync(at('audio'));
    const other = startAside(
      ['export', input('slow', 'This {{block 60000}} takes long.'), '--out', at('audio', `${first}.wav`), ...SCRIPTED],
      env,
    );
    await waitUntil(() => existsSync(at('audio', `${first}.wav.part`, 'lock')));
    const { exitCode, stderr } = await runAside(batch(), { env });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`${first}.wav is being written by another export`)]);
    expect(made()).toEqual(others.map((name) => `${name}.wav`));
    expect(batchFolders()).toEqual([]);
    other.process.kill('SIGINT');
    await other.exited;
  });
});

describe('two batches into one folder', () => {
  it('make each its own, and leave only them', async () => {
    const whole = await calm();
    const half = (from: number, to: number): string[] => [
      ...['export', ...inputs.slice(from, to), '--out-dir', at('audio'), ...SCRIPTED],
    ];
    const runs = await Promise.all([runAside(half(0, 5), { env }), runAside(half(4, 9), { env })]);
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(contents('audio')).toEqual(whole);
    await expectNothingLeft();
  });
});
