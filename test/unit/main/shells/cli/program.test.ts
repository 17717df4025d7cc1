import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../../main/shells/cli/outcome.ts';
import { parseCommandLine } from '../../../../../main/shells/cli/program.ts';

const parse = (line: string) => parseCommandLine(line.split(' ').filter(Boolean), '1.2.3', { out: () => {} });

/** What an export is when nothing is said but from where to where. */
const PLAIN = {
  kind: 'export',
  input: '',
  out: '',
  prosody: { rate: 1, pitch: 0, volume: 100 },
  format: { kind: 'wav' },
  split: { by: 'nothing' },
  jobs: availableParallelism(),
  onError: 'stop',
  cueLimits: { maxLineChars: 42, maxLines: 2 },
  json: false,
};

describe('parseCommandLine', () => {
  it('reads an export with everything', () => {
    expect(
      parse(
        'export a.txt --out b.wav --voice en-GB --rate 1.5 --pitch -3 --volume 80 --engine espeak --timings t.json --json',
      ),
    ).toEqual({
      ...PLAIN,
      input: 'a.txt',
      out: 'b.wav',
      voice: 'en-GB',
      engine: 'espeak',
      prosody: { rate: 1.5, pitch: -3, volume: 80 },
      timings: 't.json',
      json: true,
    });
  });

  it('gives an export the voice’s own manner when nothing is said', () => {
    expect(parse('export - --out -')).toEqual({ ...PLAIN, input: '-', out: '-' });
  });

  it.each<[string, object]>([
    ['--out b.mp3', { format: { kind: 'mp3', bitrateKbps: 64, quality: null } }],
    ['--out b.MP3 --bitrate 96', { format: { kind: 'mp3', bitrateKbps: 96, quality: null } }],
    ['--out b.mp3 --quality 2', { format: { kind: 'mp3', bitrateKbps: null, quality: 2 } }],
    ['--out b.ogg', { format: { kind: 'ogg', quality: 3 } }],
    ['--out b.oga --quality -1', { format: { kind: 'ogg', quality: -1 } }],
    ['--out - --format mp3', { format: { kind: 'mp3', bitrateKbps: 64, quality: null } }],
    ['--out b.wav --split chapter', { split: { by: 'chapter' } }],
    ['--out b.wav --split 30m', { split: { by: 'duration', maxMs: 1_800_000 } }],
    ['--out b.wav --split 2h', { split: { by: 'duration', maxMs: 7_200_000 } }],
    ['--out b.wav --split 100MB', { split: { by: 'size', maxBytes: 100_000_000 } }],
    ['--out b.wav --jobs 8 --on-error skip', { jobs: 8, onError: 'skip' }],
    ['--out b.wav --subtitles vtt', { subtitles: 'b.vtt' }],
    [
      '--out b.wav --subtitles c.srt --line-length 30 --lines 1',
      { subtitles: 'c.srt', cueLimits: { maxLineChars: 30, maxLines: 1 } },
    ],
    ['--out b.wav --title T --author A', { title: 'T', author: 'A' }],
  ])('reads `export a.txt %s`', (options, expected) => {
    const out = options.split(' ')[1];
    expect(parse(`export a.txt ${options}`)).toEqual({ ...PLAIN, input: 'a.txt', out, ...expected });
  });

  it('reads many texts into a folder', () => {
    const { input: _, out: __, ...plain } = PLAIN;
    expect(parse('export a.txt b.md --out-dir audio --format ogg --subtitles srt')).toEqual({
      ...plain,
      kind: 'export-many',
      inputs: ['a.txt', 'b.md'],
      outDir: 'audio',
      format: { kind: 'ogg', quality: 3 },
      subtitles: 'srt',
    });
  });

  it.each([
    ['voices --json', { kind: 'voices', json: true }],
    ['export --resume --jobs 3', { kind: 'resume', jobs: 3, json: false }],
    ['export --discard --yes', { kind: 'discard', isSure: true }],
    ['voices --engine scripted', { kind: 'voices', json: false, engine: 'scripted' }],
    ['serve --port 8080 --no-open', { kind: 'serve', port: 8080, open: false, exitWhenClosed: false }],
    ['serve --exit-when-closed', { kind: 'serve', port: 0, open: true, exitWhenClosed: true }],
  ])('reads `%s`', (line, expected) => {
    expect(parse(line)).toEqual(expected);
  });

  it.each([
    ['', /nothing was asked for/u],
    ['sing', /unknown command 'sing'/u],
    ['export a.txt', /--out <file>.*--out-dir/u],
    ['export --out b.wav', /which text\?/u],
    ['export a.txt --out b.wav --rate 9', /'9' is invalid.*0\.33 to 3/u],
    ['export a.txt --out b.wav --rate fast', /'fast' is invalid/u],
    ['export a.txt --out b.wav --pitch 11', /-10 to 10/u],
    ['export a.txt --out b.wav --volume -1', /0 to 100/u],
    ['export a.txt --out b.wav --engine sapi9', /espeak/u],
    ['export a.txt b.txt --out b.wav', /several texts need --out-dir/u],
    ['export a.txt --out b.wav --out-dir c', /exclude each other/u],
    ['export - --out-dir c', /stdin has no name/u],
    ['export a.txt --out-dir c --timings t.json', /--timings goes with --out/u],
    ['export a.txt --out-dir c --subtitles s.srt', /srt, vtt, lrc or json/u],
    ['export a.txt --out b.flac', /WAV, MP3 and Ogg Vorbis/u],
    ['export a.txt --out b.srt --subtitles srt', /WAV, MP3 and Ogg Vorbis/u],
    ['export a.txt --out b.mp3 --format ogg', /named like another format/u],
    ['export a.txt --out b.wav --bitrate 64', /no bit rate/u],
    ['export a.txt --out b.mp3 --bitrate 63', /32, 40, 48/u],
    ['export a.txt --out b.mp3 --bitrate 64 --quality 3', /exclude each other/u],
    ['export a.txt --out b.ogg --quality 11', /-1 to 10/u],
    ['export a.txt --out b.wav --split 5s', /at least 1m/u],
    ['export a.txt --out - --split 5m', /cannot go to stdout/u],
    ['export a.txt --out - --subtitles srt', /needs the name of a file/u],
    ['export a.txt --out b.wav --subtitles s.txt', /srt, vtt, lrc or json/u],
    ['export a.txt --out b.wav --jobs 0', /1 to 64/u],
    ['export a.txt --out b.wav --on-error cry', /stop, skip/u],
    ['export a.txt --out b.wav --timings -', /only --out can be stdout/u],
    ['export a.txt --resume', /stand alone/u],
    ['export --resume --discard', /stand alone/u],
    ['export --resume --out b.mp3', /--out has no meaning here/u],
    ['serve --port 70000', /0 to 65535/u],
    ['voices --loud', /unknown option '--loud'/u],
  ])('refuses `%s` and says why', (line, why) => {
    expect(() => parse(line)).toThrow(UsageError);
    expect(() => parse(line)).toThrow(why);
  });

  it.each(['--help', 'export --help', '--version'])('answers %s on stdout and asks for nothing', (line) => {
    const written: string[] = [];
    expect(parseCommandLine(line.split(' '), '1.2.3', { out: (text) => written.push(text) })).toBeNull();
    expect(written.join('')).toMatch(line === '--version' ? /^1\.2\.3\n$/u : /Usage: aside/u);
  });
});
