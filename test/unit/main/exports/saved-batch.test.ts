import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemsLeft, readBatch, type SavedBatch } from '../../../../main/exports/saved-batch.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';

const BEGUN_S = 1_700_000_000;

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-saved-batch-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function batchOf(names: readonly string[], more: Partial<SavedBatch> = {}): SavedBatch {
  return {
    ...{ voiceId: 'espeak:en', prosody: DEFAULT_PROSODY, format: { kind: 'wav' }, split: { by: 'nothing' } },
    ...{ cueLimits: { maxLineChars: 42, maxLines: 2 }, onError: 'stop' },
    items: names.map((name) => ({ input: join(dir, `${name}.txt`), out: join(dir, `${name}.wav`) })),
    ...more,
  };
}

/** A file that was written so many seconds after the batch was begun. */
function made(name: string, afterS: number): void {
  writeFileSync(join(dir, name), 'audio');
  utimesSync(join(dir, name), BEGUN_S + afterS, BEGUN_S + afterS);
}

function workOf(name: string, files: Record<string, string>): void {
  mkdirSync(join(dir, `${name}.wav.part`));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(dir, `${name}.wav.part`, file), content);
}

async function left(names: readonly string[], more: Partial<SavedBatch> = {}): Promise<string[]> {
  const items = await itemsLeft({ batch: batchOf(names, more), begunMs: BEGUN_S * 1_000 });
  return items.map(({ out }) => basename(out, '.wav'));
}

describe('the texts of a batch that are left', () => {
  it('are those without a file, or with one that is older than the batch', async () => {
    made('before.wav', -1);
    made('together.wav', 0);
    made('after.wav', 1);
    expect(await left(['absent', 'before', 'together', 'after'])).toEqual(['absent', 'before']);
  });

  it('are not those with work of their own, which is gone on with by itself', async () => {
    workOf('begun', { 'job.json': '{}' });
    workOf('elsewhere', { 'job.json': '{}' });
    made('elsewhere.wav', -1);
    symlinkSync(join(dir, 'elsewhere.wav'), join(dir, 'link.wav'));
    workOf('running', { lock: JSON.stringify({ pid: process.ppid, host: hostname(), token: 'theirs' }) });
    expect(await left(['begun', 'link', 'running'])).toEqual([]);
  });

  it('are those whose own work was killed before anything was begun, which nobody else tells of', async () => {
    workOf('empty', {});
    workOf('locked', { lock: JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), token: 'killed' }) });
    workOf('theirs', { 'holiday.jpg': '' });
    expect(await left(['empty', 'locked', 'theirs'])).toEqual(['empty', 'locked', 'theirs']);
  });

  it('are not those with a part of the right name, which belongs to the text with the longer one', async () => {
    made('Book-01 Intro-01 One.wav', 1);
    made('Tale-01.wav', 1);
    const split = { split: { by: 'chapter' } } as const;
    expect(await left(['Book', 'Book-01 Intro', 'Tale', 'Tale-01'], split)).toEqual(['Book', 'Tale-01']);
  });

  it('are told by the file that a link leads to', async () => {
    made('elsewhere', 1);
    made('old', -1);
    symlinkSync(join(dir, 'elsewhere'), join(dir, 'made.wav'));
    symlinkSync(join(dir, 'old'), join(dir, 'older.wav'));
    symlinkSync(join(dir, 'nowhere'), join(dir, 'broken.wav'));
    expect(await left(['made', 'older', 'broken'])).toEqual(['older', 'broken']);
  });

  it('are told by the first part where each becomes a series', async () => {
    made('whole.wav', 1);
    made('titled-01 The Storm.wav', 1);
    made('plain-01.wav', 1);
    made('old-01.wav', -1);
    made('second-02.wav', 1);
    const split = { split: { by: 'chapter' } } as const;
    expect(await left(['whole', 'titled', 'plain', 'old', 'second'], split)).toEqual(['whole', 'old', 'second']);
  });
});

describe('what lies in the folder of a batch', () => {
  const write = (json: string): void => {
    writeFileSync(join(dir, 'batch.json'), json);
    utimesSync(join(dir, 'batch.json'), BEGUN_S, BEGUN_S);
  };

  it('is the batch, and when it was begun', async () => {
    const whole = batchOf(['a'], { title: 'T', author: 'A', subtitles: 'vtt', onError: 'skip' });
    write(JSON.stringify(whole));
    expect(await readBatch(dir)).toEqual({ batch: whole, begunMs: BEGUN_S * 1_000 });
  });

  it('is read whatever a later version has noted besides', async () => {
    write(JSON.stringify({ ...batchOf(['a']), mood: 'cheerful' }));
    expect(await readBatch(dir)).toMatchObject({ batch: batchOf(['a']) });
  });

  it('is another version’s where it cannot be made sense of', async () => {
    write(JSON.stringify({ ...batchOf(['a']), format: { kind: 'of-later' } }));
    expect(await readBatch(dir)).toBe('other');
  });

  it('is none where there is nothing, or half of it', async () => {
    expect(await readBatch(dir)).toBe('none');
    write(JSON.stringify(batchOf(['a'])).slice(0, 40));
    expect(await readBatch(dir)).toBe('none');
  });

  it('is not taken for none where it cannot be read', async () => {
    mkdirSync(join(dir, 'batch.json'));
    expect(await readBatch(dir)).toBe('other');
  });
});
