import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Voice } from '../../../protocol/model/voice.ts';
import { createGate } from '../../helpers/gate.ts';
import { runAside, startAside } from '../../helpers/run-aside.ts';
import { waitUntil } from '../../helpers/wait-for.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-cli-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const SCRIPTED = ['--engine', 'scripted'];
const TEXT = 'Hello world. This is Aside.\r\n\r\nA second paragraph, with 😀 and more words.\n';

function input(text = TEXT, name = 'book.txt'): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

const Summary = z.strictObject({
  out: z.string(),
  engine: z.literal('scripted'),
  voice: z.string(),
  durationMs: z.int().min(1),
  bytes: z.int().min(45),
  characters: z.int(),
  segments: z.int().min(1),
  words: z.int(),
  elapsedMs: z.int(),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int().min(45), durationMs: z.number().min(1) })).length(1),
  skipped: z.array(z.never()),
  hosts: z.array(z.strictObject({ pid: z.int(), requests: z.int().min(1) })).min(1),
});

const WAV_HEAD_BYTES = 44;

const Timings = z.array(
  z.strictObject({
    kind: z.enum(['word', 'sentence', 'mark']),
    charIndex: z.int(),
    charLength: z.int(),
    text: z.string(),
    atMs: z.number(),
    segment: z.int(),
  }),
);

/** Resolves as soon as there are samples of `target`: in its first piece, or behind the head of what is made at once. */
async function firstSamplesOf(target: string): Promise<void> {
  const bytesIn = (name: string): number => {
    const path = join(dir, `${target}.part`, name);
    return existsSync(path) ? statSync(path).size : 0;
  };
  await waitUntil(() => bytesIn('piece-0.pcm') > 0 || bytesIn('audio') > WAV_HEAD_BYTES);
}

function childrenOf(pid: number | undefined): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/u).map(Number));
  return rows.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []));
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // ESRCH: it is gone
  }
};

describe('aside voices', () => {
  it('prints an array of voices as JSON', async () => {
    const { exitCode, stdout, stderr } = await runAside(['voices', '--json', ...SCRIPTED]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(z.array(Voice).min(1).safeParse(JSON.parse(stdout.toString())).success).toBe(true);
  });

  it('prints a table for people', async () => {
    const { stdout } = await runAside(['voices', ...SCRIPTED]);
    expect(stdout.toString()).toMatch(/^ID +LANGUAGE +GENDER +NAME\nscripted:/u);
  });
});

describe.skipIf(!existsSync('/dev/full'))('aside with a full disk behind stdout', () => {
  it.each([
    ['voices', () => ['voices']],
    ['the summary of an export', () => ['export', input(), '--out', join(dir, 'a.wav'), '--json']],
    ['the audio of an export', () => ['export', input(), '--out', '-']],
  ])('says that it could not write %s, once, and fails', async (_, args) => {
    const full = openSync('/dev/full', 'w');
    const ended = startAside([...args(), ...SCRIPTED], {}, full);
    const { exitCode } = await ended.exited;
    closeSync(full);
    expect({ exitCode, stderr: await ended.stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/^aside: stdout cannot be written: the disk is full\n[^\n]+\n$/u),
    });
  });
});

describe('aside export', () => {
  it('says in one object what it made, and the file is what it says', async () => {
    const out = join(dir, 'book.wav');
    const { exitCode, stdout } = await runAside(['export', input(), '--out', out, '--json', ...SCRIPTED]);
    const summary = Summary.parse(JSON.parse(stdout.toString()));
    const file = readFileSync(out);
    expect(exitCode).toBe(0);
    expect(summary).toMatchObject({ out, characters: TEXT.length, words: 13, bytes: file.byteLength });
    expect(file.readUInt32LE(40)).toBe(file.byteLength - 44);
    expect(Math.round((file.byteLength - 44) / 2 / 22.05)).toBe(summary.durationMs);
    expect(isAlive(summary.hosts[0]?.pid ?? 0)).toBe(false);
  });

  it('writes timings whose positions are positions in the file, line ends and emoji included', async () => {
    const timings = join(dir, 'book.json');
    await runAside(['export', input(), '--out', join(dir, 'a.wav'), '--timings', timings, ...SCRIPTED]);
    const rows = Timings.parse(JSON.parse(readFileSync(timings, 'utf8')));
    for (const { charIndex, charLength, text } of rows)
      expect(TEXT.slice(charIndex, charIndex + charLength)).toBe(text);
    expect(rows.map(({ atMs }) => atMs)).toEqual(rows.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    expect(rows.filter(({ kind }) => kind === 'word').map(({ text }) => text)).toContain('paragraph');
  });

  it('takes a text from stdin and gives the same bytes to stdout as to a file', async () => {
    const out = join(dir, 'file.wav');
    await runAside(['export', input('Piped words.'), '--out', out, ...SCRIPTED]);
    const { exitCode, stdout } = await runAside(['export', '-', '--out', '-', ...SCRIPTED], { input: 'Piped words.' });
    expect(exitCode).toBe(0);
    expect(stdout.equals(readFileSync(out))).toBe(true);
  });

  it('says that the voice is gone and which of its language speaks; none of another does', async () => {
    const args = (voice: string): string[] => [
      'export',
      input(),
      '--out',
      join(dir, 'a.wav'),
      ...SCRIPTED,
      '--voice',
      voice,
    ];
    const replaced = await runAside(args('sapi:TTS_MS_DE-AT_X_11.0'));
    expect(replaced.exitCode).toBe(0);
    expect(replaced.stderr).toContain(
      'aside: there is no voice sapi:TTS_MS_DE-AT_X_11.0 here; scripted:de (Tone 294 Hz)',
    );
    const refused = await runAside(args('sapi:TTS_MS_FR-FR_X_11.0'));
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('There is no voice')]);
  });

  it.skipIf(process.platform === 'win32')('says why the engine of that voice has none', async () => {
    const voice = 'sapi:TTS_MS_DE-AT_X_11.0';
    const args = ['export', input(), '--out', join(dir, 'a.wav'), '--voice', voice];
    const { exitCode, stderr } = await runAside(args, { env: { ASIDE_ENGINES: 'sapi,scripted' } });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/aside: SAPI: it is a part of Windows.*\n.*\naside: there is no voice sapi:/);
  });

  it('strips the markup of a Markdown file', async () => {
    const markdown = input('# Title\n\nSome *strong* [link](https://example.org/long).\n', 'a.md');
    const timings = join(dir, 'a.json');
    await runAside(['export', markdown, '--out', join(dir, 'a.wav'), '--timings', timings, ...SCRIPTED]);
    const words = Timings.parse(JSON.parse(readFileSync(timings, 'utf8'))).filter(({ kind }) => kind === 'word');
    expect(words.map(({ text }) => text)).toEqual(['Title', 'Some', 'strong', 'link']);
  });

  it('speaks faster at a higher rate', async () => {
    const durations = [];
    for (const rate of ['1', '2']) {
      const args = ['export', input(), '--out', join(dir, 'a.wav'), '--json', '--rate', rate, ...SCRIPTED];
      durations.push(Summary.parse(JSON.parse((await runAside(args)).stdout.toString())).durationMs);
    }
    expect(durations[1]).toBeLessThan((durations[0] ?? 0) * 0.6);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves no child and no file when %s interrupts it', async (signal) => {
    const slow = input('Some words {{slow 20}} that take their time. '.repeat(100));
    const run = startAside([
      'export',
      slow,
      '--out',
      join(dir, 'a.wav'),
      '--timings',
      join(dir, 't.json'),
      '--jobs',
      '1',
      ...SCRIPTED,
    ]);
    await firstSamplesOf('a.wav');
    const children = childrenOf(run.process.pid);
    expect(children).toHaveLength(1);
    run.process.kill(signal);
    expect(await run.exited).toEqual({ exitCode: 130, signal: null });
    expect(await run.stderr).toContain('interrupted');
    expect(children.filter(isAlive)).toEqual([]);
    expect(readdirSync(dir)).toEqual(['book.txt']);
  });

  it('finishes the same file when its host is killed in the middle', async () => {
    const gate = createGate();
    const text = `${'Some words {{slow 4}} that take their time. '.repeat(15)}{{until ${gate.path}}} And some more.`;
    const run = startAside(['export', input(text), '--out', join(dir, 'killed.wav'), '--json', ...SCRIPTED]);
    await firstSamplesOf('killed.wav'); // a host is writing into it, and does not come to the end
    for (const pid of childrenOf(run.process.pid)) process.kill(pid, 'SIGKILL');
    gate.open();
    expect((await run.exited).exitCode).toBe(0);
    expect(Summary.parse(JSON.parse((await run.stdout).toString())).hosts.length).toBe(2);
    const calm = join(dir, 'calm.wav');
    await runAside(['export', input(text), '--out', calm, ...SCRIPTED]);
    expect(readFileSync(join(dir, 'killed.wav')).equals(readFileSync(calm))).toBe(true);
  });

  it('names the text that kills two hosts and leaves nothing', async () => {
    const deadly = input('All is well. Then {{crash}} comes.');
    const { exitCode, stderr } = await runAside(['export', deadly, '--out', join(dir, 'a.wav'), ...SCRIPTED]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/killed by SIGKILL, then killed by SIGKILL.*Then \{\{crash\}\} comes\./u);
    expect(readdirSync(dir)).toEqual(['book.txt']);
  });

  it.each([
    ['a file that is not there', ['export', '/nowhere/book.txt', '--out', 'x.wav'], 1, /book\.txt/u],
    [
      'a folder that is not there',
      ['export', '-', '--out', '/nowhere/x.wav', ...SCRIPTED],
      1,
      /folder does not exist/u,
    ],
    ['a voice that is not there', ['export', '-', '--out', 'x.wav', '--voice', 'nobody', ...SCRIPTED], 1, /"nobody"/u],
    ['a rate that is too high', ['export', '-', '--out', 'x.wav', '--rate', '9'], 2, /0\.33 to 3/u],
    ['an unknown command', ['shout'], 2, /unknown command/u],
  ])('fails by name for %s', async (_, args, code, why) => {
    const { exitCode, stderr, stdout } = await runAside(args, { input: 'Words.' });
    expect(exitCode).toBe(code);
    expect(stderr).toMatch(why);
    expect(stdout.toString()).toBe('');
  });

  it('says that stdout was closed when nobody reads it to the end', async () => {
    const run = startAside(['export', input('Many words. '.repeat(100)), '--out', '-', ...SCRIPTED]);
    run.stdout.catch(() => {}); // is what we break
    run.process.stdout.destroy();
    expect((await run.exited).exitCode).toBe(1);
    expect(await run.stderr).toMatch(/stdout was closed before all audio was written.*\nLet the program/u);
  });

  it('fails by name for an empty text', async () => {
    const { exitCode, stderr } = await runAside(['export', '-', '--out', join(dir, 'a.wav'), ...SCRIPTED]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('empty') });
  });
});
