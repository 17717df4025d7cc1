import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keepUnknown, salvage } from '../../../../main/settings/salvage.ts';
import { DEFAULT_SETTINGS, Settings } from '../../../../protocol/model/settings.ts';

const good: Settings = {
  voiceId: 'espeak:gmw/en-US',
  voiceTraits: { name: 'English (America)', language: 'en-US' },
  prosody: { rate: 1.5, pitch: -2, volume: 80 },
  theme: 'dark',
  fontSizePx: 24,
};

function salvaged(raw: unknown): { settings: Settings; bad: string[] } {
  const bad: string[] = [];
  return { settings: salvage(Settings, raw, DEFAULT_SETTINGS, (path) => bad.push(path)), bad };
}

describe('salvage', () => {
  test('good values are all kept', () => {
    expect(salvaged(good)).toEqual({ settings: good, bad: [] });
  });

  test.each<[path: string, raw: unknown, settings: Settings]>([
    ['theme', { ...good, theme: 'sepia' }, { ...good, theme: DEFAULT_SETTINGS.theme }],
    ['fontSizePx', { ...good, fontSizePx: 1e9 }, { ...good, fontSizePx: DEFAULT_SETTINGS.fontSizePx }],
    ['voiceId', { ...good, voiceId: 7 }, { ...good, voiceId: null }],
    ['voiceTraits', { ...good, voiceTraits: { name: 'Anna' } }, { ...good, voiceTraits: null }],
    [
      'prosody.rate',
      { ...good, prosody: { ...good.prosody, rate: '2' } },
      { ...good, prosody: { ...good.prosody, rate: 1 } },
    ],
    ['prosody', { ...good, prosody: 'fast' }, { ...good, prosody: DEFAULT_SETTINGS.prosody }],
  ])('a bad %s alone has its default', (path, raw, settings) => {
    expect(salvaged(raw)).toEqual({ settings, bad: [path] });
  });

  test('what is missing has its default, and that is not bad', () => {
    expect(salvaged({ theme: 'light' })).toEqual({ settings: { ...DEFAULT_SETTINGS, theme: 'light' }, bad: [] });
  });

  test('a key of a newer version is not bad', () => {
    expect(salvaged({ ...good, newer: 1, prosody: { ...good.prosody, timbre: 3 } })).toEqual({
      settings: good,
      bad: [],
    });
  });

  test('names that every object inherits are not settings', () => {
    expect(salvaged(JSON.parse('{"__proto__": {"theme": "dark"}, "constructor": 1}')).settings).toEqual(
      DEFAULT_SETTINGS,
    );
  });

  test('anything at all gives valid settings', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }), (raw) => {
        expect(Settings.safeParse(salvaged(raw).settings).success).toBe(true);
      }),
    );
  });

  test('any values under the right names give valid settings', () => {
    const raw = fc.record(
      {
        voiceId: fc.jsonValue(),
        voiceTraits: fc.jsonValue(),
        prosody: fc.oneof(fc.jsonValue(), fc.record({ rate: fc.jsonValue(), pitch: fc.jsonValue() })),
        theme: fc.jsonValue(),
        fontSizePx: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(raw, (value) => {
        expect(Settings.safeParse(salvaged(value).settings).success).toBe(true);
      }),
    );
  });
});

describe('keepUnknown', () => {
  test('keeps what it does not know at every depth, and takes the known', () => {
    const raw = { theme: 'light', newer: [1], prosody: { rate: 1, timbre: 3 } };
    expect(keepUnknown(raw, { ...good })).toEqual({
      ...good,
      newer: [1],
      prosody: { ...good.prosody, timbre: 3 },
    });
  });

  test('does not let a file reach prototypes', () => {
    const kept = keepUnknown(JSON.parse('{"__proto__": {"polluted": 1}}'), { theme: 'dark' });
    expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
