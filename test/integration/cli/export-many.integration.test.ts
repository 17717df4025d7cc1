import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readIfThere } from '../../helpers/read-if-there.ts';
import { runAside, startAside } from '../../helpers/run-aside.ts';
import { waitUntil } from '../../helpers/wait-for.ts';

let dir = '';
let env: Record<string, string> = {};
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-many-'));
  env = { ASIDE_DATA_DIR: join(dir, 'data') };
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const SCRIPTED = ['--engine', 'scripted'];
const at = (...names: string[]): string => join(dir, ...names);

function input(name: string, text: string | Uint8Array = `This is ${name}. It has words.`): string {
  mkdirSync(join(at(name), '..'), { recursive: true });
  writeFileSync(at(name), text);
  return at(name);
}

const Made = z.strictObject({
  input: z.string(),
  out: z.string(),
  kind: z.literal('made'),
  summary: z.strictObject({
    durationMs: z.int(),
    bytes: z.int(),
    files: z.array(z.strictObject({ path: z.string(), bytes: z.int(), durationMs: z.number() })).min(1),
    characters: z.int(),
    segments: z.int(),
    words: z.int(),
    skipped: z.array(z.strictObject({ charIndex: z.int(), charLength: z.int(), text: z.string() })),
    elapsedMs: z.int(),
    hosts: z.array(z.strictObject({ pid: z.int(), requests: z.int() })),
  }),
});
const Failed = z.strictObject({
  input: z.string(),
  out: z.string(),
  kind: z.literal('failed'),
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    remedy: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
});
const Report = z.strictObject({
  outDir: z.string(),
  made: z.int(),
  failed: z.int(),
  items: z.array(z.discriminatedUnion('kind', [Made, Failed])),
});

describe('aside export of many texts', () => {
  it('makes a file of each in the folder, which it makes, and prints one object', async () => {
    const inputs = ['one.txt', 'two.md', 'sub/three.txt'].map((name) => input(name));
    const args = ['export', ...inputs, '--out-dir', at('audio'), '--json', ...SCRIPTED];
    const { exitCode, stdout, stderr } = await runAside(args, { env });
    const report = Report.parse(JSON.parse(stdout.toString()));
    expect({ exitCode, stderr, made: report.made, failed: report.failed }).toEqual({
      exitCode: 0,
      stderr: '',
      made: 3,
      failed: 0,
    });
    expect(report.items.map(({ input: from, out }) => [from, basename(out)])).toEqual([
      [inputs[0], 'one.wav'],
      [inputs[1], 'two.wav'],
      [inputs[2], 'three.wav'],
    ]);
    expect(readdirSync(at('audio')).toSorted()).toEqual(['one.wav', 'three.wav', 'two.wav']);
    for (const item of report.items) {
      if (item.kind === 'made') expect(readFileSync(item.out).byteLength).toBe(item.summary.bytes);
    }
  });

  it('tells of each that fails, makes the rest and ends with 1', async () => {
    const inputs = [
      input('good.txt'),
      input('empty.txt', ' \n'),
      input('picture.txt', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0)),
      at('missing.txt'),
      input('other/good.txt'),
      input('deadly.txt', 'All is well. Then {{crash}} comes.'),
      input('last.txt'),
    ];
    const args = ['export', ...inputs, '--out-dir', at('audio'), '--json', ...SCRIPTED];
    const { exitCode, stdout, stderr } = await runAside(args, { env });
    const { items, made, failed } = Report.parse(JSON.parse(stdout.toString()));
    expect({ exitCode, made, failed }).toEqual({ exitCode: 1, made: 2, failed: 5 });
    const codes = items.flatMap((item) =>
      item.kind === 'failed' ? [[item.input.slice(dir.length + 1), item.error.code, item.error.details.reason]] : [],
    );
    expect(new Map(codes.map(([name, code, reason]) => [name, [code, reason]]))).toEqual(
      new Map([
        ['empty.txt', ['refused', 'empty-text']],
        ['picture.txt', ['file', expect.any(String)]],
        ['missing.txt', ['file', 'ENOENT']],
        ['other/good.txt', ['refused', 'name-collides']],
        ['deadly.txt', ['segment-failed', undefined]],
      ]),
    );
    expect(stderr).toMatch(/deadly\.txt was not exported: The voice failed twice/u);
    expect(stderr).toContain('5 of 7 could not be made');
    expect(readdirSync(at('audio')).toSorted()).toEqual(['good.wav', 'last.wav']);
  });

  it('may write into the folder that the texts come from', async () => {
    const inputs = ['one.txt', 'two.txt'].map((name) => input(name));
    await runAside(['export', ...inputs, '--out-dir', dir, ...SCRIPTED], { env });
    expect(readdirSync(dir).toSorted()).toEqual(['data', 'one.txt', 'one.wav', 'two.txt', 'two.wav']);
  });

  it('goes over a text that kills its voice, with a pause and a word about it, when told to', async () => {
    const args = ['export', input('a.txt', 'All is well\n\nThen {{crash}} comes\n\nAnd more.'), '--out', at('a.wav')];
    const { exitCode, stdout, stderr } = await runAside([...args, '--on-error', 'skip', ...SCRIPTED], { env });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('a pause stands for text that the voice could not speak');
    expect(stdout.toString()).toContain('1 piece skipped');
  });
});

describe('an export whose every process was killed', () => {
  const SLOW = Array.from({ length: 60 }, (_, at) => `Sentence ${at} has {{slow 2}} words, and it takes its time. `);
  const text = SLOW.join('').repeat(3);

  /** Kills it once so many pieces are in the journal. */
  async function killedAfter(pieces: number, args: string[]): Promise<void> {
    const run = startAside(args, env);
    await waitUntil(() => readIfThere(at('book.wav.part', 'journal.jsonl')).split('\n').length > pieces + 1);
    run.process.kill('SIGKILL');
    await run.exited;
  }

  it('is gone on with by the same command, and by --resume, and its bytes are those of a calm one', async () => {
    const book = input('book.txt', text);
    await runAside(['export', book, '--out', at('calm.wav'), ...SCRIPTED], { env });
    const args = ['export', book, '--out', at('book.wav'), '--jobs', '2', ...SCRIPTED];
    await killedAfter(1, args);
    await killedAfter(3, args);
    const { exitCode, stdout, stderr } = await runAside(['export', '--resume'], {
      env: { ...env, ASIDE_ENGINES: 'scripted' },
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringMatching(/had done \d+ %; going on/u) });
    expect(stdout.toString()).toContain('book.wav: ');
    expect(readFileSync(at('book.wav')).equals(readFileSync(at('calm.wav')))).toBe(true);
    const again = await runAside(['export', '--resume'], { env });
    expect(again.stdout.toString()).toBe('There is no unfinished export.\n');
  });

  it('is not mixed with a text that was changed meanwhile', async () => {
    const book = input('book.txt', text);
    await killedAfter(1, ['export', book, '--out', at('book.wav'), ...SCRIPTED]);
    writeFileSync(book, `${text} And more.`);
    const refused = await runAside(['export', '--resume'], { env: { ...env, ASIDE_ENGINES: 'scripted' } });
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('book.txt was changed since')]);
    const anew = await runAside(['export', book, '--out', at('book.wav'), ...SCRIPTED], { env });
    expect([anew.exitCode, anew.stderr]).toEqual([0, expect.stringContaining('starting anew')]);
  });

  it('is removed after asking, which --yes answers', async () => {
    await killedAfter(1, ['export', input('book.txt', text), '--out', at('book.wav'), ...SCRIPTED]);
    const asked = await runAside(['export', '--discard'], { env });
    expect([asked.exitCode, asked.stderr]).toEqual([1, expect.stringContaining('--yes')]);
    expect(readdirSync(dir)).toContain('book.wav.part');
    const sure = await runAside(['export', '--discard', '--yes'], { env });
    expect(sure.stdout.toString()).toMatch(/book\.wav\.part: \d+ % done\nRemoved\./u);
    expect(readdirSync(dir)).not.toContain('book.wav.part');
  });
});
