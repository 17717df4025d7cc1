import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HostPool } from '../../../main/hosts/host-pool.ts';
import type { AudioContract } from '../../../protocol/contract/audio-contract.ts';
import {
  chaptersIn,
  type MadeFile,
  makeFile,
  openAudioHosts,
  probe,
  run,
  samplesOf,
} from '../../helpers/audio-files.ts';
import { describeWithAudioTools } from '../../helpers/audio-tools.ts';
import { joined, likeness, worstSeam } from '../../helpers/compare-audio.ts';
import { SPEECH_RATE_HZ, type SpokenPieces, speakPieces, BOOK_TAGS as tags } from '../../helpers/spoken-pieces.ts';

const format = { kind: 'ogg', quality: 3 } as const;

describeWithAudioTools('an Ogg file', () => {
  let speech: SpokenPieces;
  let pool: HostPool<AudioContract>;
  let path = '';
  let made: MadeFile;
  beforeAll(async () => {
    speech = speakPieces();
    pool = openAudioHosts(2);
    path = join(speech.dir, 'book.ogg');
    made = await makeFile(pool, { path, format, sampleRateHz: SPEECH_RATE_HZ, pcmPaths: speech.pcmPaths, tags });
  });
  afterAll(async () => {
    await pool.terminate();
    speech.remove();
  });

  test('is known as one Vorbis stream, and is as long as it says', () => {
    expect(run('file', ['-b', path]).toString()).toMatch(/^Ogg data, Vorbis audio, mono, 22050 Hz/);
    const samples = made.states.at(-1)?.samples ?? 0;
    expect(samplesOf(path).length).toBe(samples);
    expect(run('oggdec', ['-Q', '-R', '-o', '-', path]).length / 2).toBe(samples);
    expect(run('soxi', ['-s', path]).toString().trim()).toBe(String(samples));
    expect(Number(probe(path).format.duration)).toBeCloseTo(samples / SPEECH_RATE_HZ, 4);
    expect(made.bytes).toBe(readFileSync(path).length);
  });

  test('nothing is wrong with it', () => {
    const said = run('ogginfo', [path]).toString();
    expect(said.match(/New logical stream/g)).toHaveLength(1);
    expect(said).not.toMatch(/warning|error|hole|negative/i);
  });

  test('has title, author, track and chapters', () => {
    const probed = probe(path);
    expect(probed.streams[0]?.tags).toMatchObject({
      TITLE: tags.title,
      ARTIST: tags.author,
      track: '2',
      TRACKTOTAL: '3',
    });
    expect(chaptersIn(probed)).toEqual(tags.chapters);
  });

  test('says what is said in the pieces, at the place where they were joined, and does not click there', () => {
    const heard = samplesOf(path);
    expect(likeness(heard, joined(speech.pcm, made.starts))).toBeGreaterThan(0.97);
    expect(worstSeam(heard, speech.pcm, made.starts)).toBeLessThan(1.5);
  });
});
