import { expect, test } from 'vitest';
import { isAllWell, type Row, reportOf } from '../../../../scripts/settling/row.mjs';
import { settleSapi } from '../../../../scripts/settling/sapi-rows.mjs';

const failure = { failed: 'SPERR_UNINITIALIZED', message: 'ISpVoice.Speak: 0x80045001' };
const TEXT = 'Seven ordinary listeners gathered quietly. The harbour was bright at six.';
const PLAIN = TEXT.match(/\w+/g) ?? [];
const MARKED = ['Seven', 'ordinary', 'quiet', 'listeners'];

function speech(words: readonly string[], more: object = {}) {
  const events = ['start', ...words.map(() => 'word'), 'end'].map((kind, i) => ({
    kind,
    stream: 1,
    ...(kind === 'word' ? { says: words[i - 1] ?? null } : {}),
  }));
  return {
    ...{ text: TEXT, events, audioBytes: 1000, samplesPerSecond: 22_050, wakes: 10, idleWakes: 0, staysSignalled: 0 },
    ...{ endMs: 20, doneMs: 21, lastWriteMs: 19 },
    ...more,
  };
}

function route(more: object = {}) {
  return {
    ...{ plain: speech(PLAIN), again: speech(PLAIN), ssml: speech(MARKED), sapiXml: speech(MARKED), purgesMs: [1, 2] },
    ...more,
  };
}

type Probe = Parameters<typeof settleSapi>[0];
const probe = (more: object = {}): Probe => ({
  is64Bit: true,
  clr: '4',
  layout: { SPEVENT: 32, SPVOICESTATUS: 52, WAVEFORMATEX: 18 },
  voices: [{ id: 'david', name: 'David', source: 'sapi', language: 'en-US' }],
  audio: route(),
  stream: route(),
  oneCore: [],
  ...more,
});
const rowOf = async (id: number, more: object): Promise<Row | undefined> =>
  (await settleSapi(probe(more))).find((row) => row.id === id);

test('a Windows that is as Aside relies on it passes', async () => {
  const rows = await settleSapi(probe());
  expect(rows.filter(({ holds }) => holds === false)).toEqual([]);
  expect(isAllWell(rows)).toBe(true);
});

test.each<[number, string, object, string]>([
  [1, 'no SAPI voice', { voices: [] }, '0 SAPI voices'],
  [1, 'another layout', { layout: { SPEVENT: 24 } }, 'structures {"SPEVENT":24}'],
  [2, 'no words on the route that Aside takes', { audio: route({ plain: speech([]) }) }, 'audio 0, stream 11'],
  [4, 'an END that never comes', { stream: route({ again: speech([], { events: [] }) }) }, 'stream 0/0'],
  [5, 'WaitUntilDone that lies', { audio: route({ plain: speech(PLAIN, { doneMs: 5 }) }) }, 'BEFORE the last Write'],
  [6, 'a slow purge', { audio: route({ purgesMs: [3, 400] }) }, 'max 400 ms'],
  [6, 'a voice that was never held', { audio: route({ purgesMs: [-1] }) }, '1 times Write was never blocked'],
  [7, 'positions without markup', { audio: route({ ssml: speech(['<spea', 'k']) }) }, 'WRONG WORDS: ssml: <spea k'],
])('row %i does not hold with %s', async (id, _, more, finding) => {
  const row = await rowOf(id, more);
  expect(row).toMatchObject({ status: 'settled', holds: false, finding: expect.stringContaining(finding) });
  expect(isAllWell(row === undefined ? [] : [row])).toBe(false);
});

test.each([
  [{ audio: route({ plain: speech(PLAIN, { staysSignalled: 9 }) }) }, 'manual reset'],
  [{}, 'auto reset'],
])('tells the kinds of notify handle apart', async (more, kind) => {
  expect((await rowOf(3, more))?.finding).toContain(kind);
});

test('a failure of SAPI leaves its questions open, and no others', async () => {
  const rows = await settleSapi(probe({ stream: route({ plain: failure }) }));
  expect(rows.filter(({ status }) => status === 'unsettled').map(({ id }) => id)).toEqual([1, 2, 4, 5]);
  expect(rows[0]?.finding).toBe('SPERR_UNINITIALIZED: ISpVoice.Speak: 0x80045001');
  expect(isAllWell(rows)).toBe(false);
});

test('each OneCore voice that does not speak is named', async () => {
  const oneCore = [
    { id: 'mark', speech: 5 },
    { id: 'hidden', speech: failure },
  ];
  expect((await rowOf(8, { oneCore }))?.finding).toBe(
    'OneCore: 1 of 2 speak (hidden: SPERR_UNINITIALIZED); 32-bit only: none',
  );
});

test('the report says what is not as relied on, and keeps its table whole', () => {
  const row = { id: 1, question: 'a | b', how: 'two\nlines', status: 'settled', finding: 'no', holds: false } as const;
  const lines = reportOf([row], { system: 'win32' }).split('\n');
  expect(lines).toContain('- system: win32');
  expect(lines).toContain('| 1 | a \\| b | two lines | **NOT AS RELIED ON** | no |');
});
