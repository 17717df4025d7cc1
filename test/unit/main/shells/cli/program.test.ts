import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../../main/shells/cli/outcome.ts';
import { parseCommandLine } from '../../../../../main/shells/cli/program.ts';

const parse = (line: string) => parseCommandLine(line.split(' ').filter(Boolean), '1.2.3', { out: () => {} });

describe('parseCommandLine', () => {
  it('reads an export with everything', () => {
    expect(
      parse(
        'export a.txt --out b.wav --voice en-GB --rate 1.5 --pitch -3 --volume 80 --engine espeak --timings t.json --json',
      ),
    ).toEqual({
      kind: 'export',
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
    expect(parse('export - --out -')).toEqual({
      kind: 'export',
      input: '-',
      out: '-',
      prosody: { rate: 1, pitch: 0, volume: 100 },
      json: false,
    });
  });

  it.each([
    ['voices --json', { kind: 'voices', json: true }],
    ['voices --engine scripted', { kind: 'voices', json: false, engine: 'scripted' }],
    ['serve --port 8080 --no-open', { kind: 'serve', port: 8080, open: false, exitWhenClosed: false }],
    ['serve --exit-when-closed', { kind: 'serve', port: 0, open: true, exitWhenClosed: true }],
  ])('reads `%s`', (line, expected) => {
    expect(parse(line)).toEqual(expected);
  });

  it.each([
    ['', /nothing was asked for/u],
    ['sing', /unknown command 'sing'/u],
    ['export a.txt', /--out/u],
    ['export --out b.wav', /missing required argument 'file'/u],
    ['export a.txt --out b.wav --rate 9', /'9' is invalid.*0\.33 to 3/u],
    ['export a.txt --out b.wav --rate fast', /'fast' is invalid/u],
    ['export a.txt --out b.wav --pitch 11', /-10 to 10/u],
    ['export a.txt --out b.wav --volume -1', /0 to 100/u],
    ['export a.txt --out b.wav --engine sapi9', /espeak/u],
    ['export a.txt b.txt --out b.wav', /too many arguments/u],
    ['export a.txt --out b.MP3', /WAV files only/u],
    ['export a.txt --out b.wav --timings -', /only --out can be stdout/u],
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
