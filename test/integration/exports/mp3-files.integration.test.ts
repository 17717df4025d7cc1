import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

/** What a player skips that knows how late LAME's output and its own are. */
const SKIPPED_SAMPLES = 576 + 529;

describeWithAudioTools('an MP3 file', () => {
  let speech: SpokenPieces;
  let pool: HostPool<AudioContract>;
  beforeAll(() => {
    speech = speakPieces();
    pool = openAudioHosts(2);
  });
  afterAll(async () => {
    await pool.terminate();
    speech.remove();
  });

  describe.each([
    ['a constant bit rate', { kind: 'mp3', bitrateKbps: 64, quality: null }],
    ['a variable bit rate', { kind: 'mp3', bitrateKbps: null, quality: 4 }],
  ] as const)('of %s', (name, format) => {
    let path = '';
    let made: MadeFile;
    beforeAll(async () => {
      path = join(speech.dir, `${name}.mp3`);
      made = await makeFile(pool, { path, format, sampleRateHz: SPEECH_RATE_HZ, pcmPaths: speech.pcmPaths, tags });
    });

    test('is known as such, and is as long as it says', () => {
      expect(run('file', ['-b', path]).toString()).toMatch(/ID3 version 2\.3.*MPEG ADTS, layer III/);
      const samples = made.states.at(-1)?.samples ?? 0;
      expect(samples % 576).toBe(0);
      expect(samplesOf(path).length).toBe(samples - SKIPPED_SAMPLES);
      expect(Number(probe(path).format.duration)).toBeCloseTo(samples / SPEECH_RATE_HZ, 4);
      expect(made.bytes).toBe(readFileSync(path).length);
    });

    test('has title, author, track and chapters', () => {
      const probed = probe(path);
      expect(probed.format.tags).toMatchObject({ title: tags.title, artist: tags.author, track: '2/3' });
      expect(chaptersIn(probed)).toEqual(tags.chapters);
    });

    test('says what is said in the pieces, at the place where they were joined, and does not click there', () => {
      const heard = samplesOf(path);
      expect(likeness(heard, joined(speech.pcm, made.starts))).toBeGreaterThan(0.97);
      expect(worstSeam(heard, speech.pcm, made.starts)).toBeLessThan(1.5);
    });
  });
});
