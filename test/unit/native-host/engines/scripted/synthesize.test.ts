import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Native } from '../../../../../native-host/engines/scripted/native.ts';
import { synthesize } from '../../../../../native-host/engines/scripted/synthesize.ts';
import { SAMPLE_RATE_HZ } from '../../../../../native-host/engines/scripted/tone.ts';
import type { Boundary } from '../../../../../protocol/model/boundary.ts';
import { DEFAULT_PROSODY, type Prosody } from '../../../../../protocol/model/prosody.ts';

/** What would end or block this very process is tested on a host: see test/integration/native-host. */
const native: Native = { sleep: vi.fn(), exit: vi.fn() };

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-scripted-'));
});
afterEach(() => {
  vi.clearAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

interface Heard {
  readonly boundaries: Boundary[];
  readonly samples: number;
  readonly calls: number;
}

/** `heed` answers each piece of audio; false means stop. */
function hear(text: string, prosody: Partial<Prosody> = {}, heed: (calls: number) => boolean = () => true): Heard {
  const boundaries: Boundary[] = [];
  let samples = 0;
  let calls = 0;
  const sink = {
    audio: (piece: Int16Array) => {
      samples += piece.length;
      calls += 1;
      return heed(calls);
    },
    boundary: (boundary: Boundary) => void boundaries.push(boundary),
  };
  synthesize({ text, voiceId: 'scripted:de', prosody: { ...DEFAULT_PROSODY, ...prosody } }, sink, native);
  return { boundaries, samples, calls };
}

function ms(durationMs: number): number {
  return Math.round((durationMs / 1000) * SAMPLE_RATE_HZ);
}

describe('the scripted engine', () => {
  it('speaks 60 ms for each character of a word, and tells where it is', () => {
    expect(hear('Hello you.')).toEqual({
      boundaries: [
        { kind: 'sentence', charIndex: 0, charLength: 10, atMs: 0 },
        { kind: 'word', charIndex: 0, charLength: 5, atMs: 0 },
        { kind: 'word', charIndex: 6, charLength: 3, atMs: 300 },
      ],
      samples: ms(480),
      calls: 5,
    });
  });

  it('is twice as fast at rate 2', () => {
    expect(hear('Hello', { rate: 2 }).samples).toBe(ms(150));
  });

  it('says nothing for a text without words', () => {
    expect(hear(' \r\n')).toEqual({ boundaries: [], samples: 0, calls: 0 });
  });

  it('makes the same audio from the same text', () => {
    const listen = () => {
      const heard: Int16Array[] = [];
      const sink = { audio: (piece: Int16Array) => heard.push(piece.slice()) > 0, boundary: () => {} };
      synthesize({ text: 'The same again.', voiceId: 'scripted:ja', prosody: DEFAULT_PROSODY }, sink, native);
      return heard;
    };
    expect(listen()).toEqual(listen());
  });

  it('stops at the piece at which it is told to', () => {
    expect(hear('One two three four five.', {}, (calls) => calls < 3).calls).toBe(3);
  });

  it('names the voice that it does not have, and those that it has', () => {
    const sink = { audio: () => true, boundary: () => {} };
    const speak = () => synthesize({ text: 'Hi', voiceId: 'scripted:xx', prosody: DEFAULT_PROSODY }, sink, native);
    expect(speak).toThrowError(
      expect.objectContaining({
        code: 'voice-not-found',
        details: { voiceId: 'scripted:xx' },
        remedy: expect.stringContaining('scripted:de'),
      }),
    );
  });
});

describe('a directive', () => {
  it('is not spoken, and positions behind it are those of the text with it', () => {
    const text = 'One {{native-sleep 1}} two.';
    const { boundaries } = hear(text);
    const words = boundaries.filter(({ kind }) => kind === 'word');
    expect(words.map(({ charIndex, charLength }) => text.slice(charIndex, charIndex + charLength))).toEqual([
      'One',
      'two',
    ]);
  });

  it('takes effect between the words that it stands between', () => {
    const order: string[] = [];
    vi.mocked(native.sleep).mockImplementationOnce(() => void order.push('sleep'));
    const sink = { audio: () => true, boundary: ({ kind }: Boundary) => void order.push(kind) };
    const text = 'One {{native-sleep 1}} two.';
    synthesize({ text, voiceId: 'scripted:de', prosody: DEFAULT_PROSODY }, sink, native);
    expect(order).toEqual(['sentence', 'word', 'sleep', 'word']);
  });

  it('takes effect also in a text without words', () => {
    hear('{{native-sleep 20}}');
    expect(native.sleep).toHaveBeenCalledWith(20);
  });

  it('{{exit}} exits with its code', () => {
    hear('{{exit 3}}');
    expect(native.exit).toHaveBeenCalledWith(3);
  });

  it('{{fail}} throws a synthesis error', () => {
    expect(() => hear('One {{fail}}')).toThrowError(
      expect.objectContaining({ code: 'synthesis', details: { engine: 'scripted', nativeCode: 7 } }),
    );
  });

  it('{{throw}} throws what is no AsideError', () => {
    expect(() => hear('{{throw}}')).toThrowError(TypeError);
  });

  it('{{garbage}} reports a boundary that the contract forbids', () => {
    expect(hear('{{garbage}}').boundaries).toEqual([{ kind: 'word', charIndex: -1, charLength: 0, atMs: 0 }]);
  });

  it('{{silence}} makes that much audio, which moves what comes behind it', () => {
    const { boundaries, samples } = hear('{{silence 500}} a');
    expect([samples, boundaries.at(-1)?.atMs]).toEqual([ms(560), 500]);
  });

  it('{{block}} asks whether to stop while it makes no audio, and then stops', () => {
    expect(hear('{{block 1000000}} a', {}, (calls) => calls < 3)).toEqual({ boundaries: [], samples: 0, calls: 3 });
  });

  it('{{until}} goes on when the file is there, and makes no audio for it', () => {
    writeFileSync(join(dir, 'open'), '');
    expect(hear(`{{until ${join(dir, 'open')}}} a`).samples).toBe(ms(60));
  });

  it('{{slow}} asks whether to stop before each word', () => {
    const { samples } = hear('{{slow 1000000}} a', {}, () => false);
    expect(samples).toBe(0);
  });

  it('{{deaf}} makes the rest of the audio though it is told to stop', () => {
    expect(hear('{{deaf}} Hello', {}, () => false).samples).toBe(ms(300));
  });

  it('{{crash-once}} does not crash where its file is there', () => {
    expect(existsSync(dir)).toBe(true);
    expect(hear(`{{crash-once ${dir}}} a`).samples).toBe(ms(60));
  });
});

describe('a leak', () => {
  it('takes memory that stays taken', () => {
    const before = process.memoryUsage().external;
    hear('Hello {{leak 8}} you.');
    expect(process.memoryUsage().external - before).toBeGreaterThanOrEqual(8 * 1024 ** 2);
  });
});
