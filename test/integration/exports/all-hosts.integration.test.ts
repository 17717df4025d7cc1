import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { exportAudio } from '../../../main/exports/export-audio.ts';
import { allHosts } from '../../../main/processes/all-hosts.ts';
import type { AllHosts } from '../../../main/speech/hosts-as-one.ts';
import { HostStatus } from '../../../protocol/model/host-status.ts';
import { EndedHost } from '../../../protocol/model/processes.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import type { Voice } from '../../../protocol/model/voice.ts';
import { openAudioHosts } from '../../helpers/audio-files.ts';
import { createFakePool } from '../../helpers/fake-pool.ts';
import { fakeVoice } from '../../helpers/fake-voice.ts';
import { waitUntil } from '../../helpers/wait-for.ts';

const VOICE: Voice = { id: 'espeak:en', name: 'English', language: 'en', gender: 'unknown', engine: 'espeak' };
const TEXT = 'Some words of a book, which go on. '.repeat(600);

const audio = openAudioHosts(2);
afterAll(() => audio.terminate());
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-all-hosts-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const noEngines: AllHosts = {
  status: () => [],
  exits: () => [],
  onChange: () => () => {},
  sample: () => {},
  end: () => false,
  restart: () => false,
  retry: () => {},
};
const hosts = allHosts(noEngines, audio);

const speak = fakeVoice(8_000, { kind: 'word', charIndex: 0, charLength: 1, atMs: 0 }, (text) =>
  Int16Array.from({ length: text.length * 40 }, (_, at) => ((at * 997) % 8_000) - 4_000),
);

async function made(name: string): Promise<Buffer> {
  const path = join(dir, `${name}.mp3`);
  const format = { kind: 'mp3', bitrateKbps: 32, quality: null } as const;
  const pool = createFakePool({ 'utterance.render': speak });
  await exportAudio({ text: TEXT, voice: VOICE, prosody: DEFAULT_PROSODY, pool, audio, path, format, jobs: 2 });
  return readFileSync(path);
}

it.each(['end', 'restart'] as const)('%s of an audio host that is at work costs an export nothing', async (how) => {
  const calm = await made('calm');
  const endsBefore = hosts.exits().length;
  const told = new Set<number>();
  // Two of them: a call is made three times more before its export fails.
  const off = hosts.onChange(() => {
    const busy = hosts.status().find(({ request, pid }) => request !== null && pid !== null);
    if (told.size < 2 && busy?.pid && !told.has(busy.pid) && hosts[how](busy.pid)) told.add(busy.pid);
  });
  expect((await made('disturbed')).equals(calm)).toBe(true);
  off();
  expect(told.size).toBeGreaterThan(0);
  await waitUntil(() => hosts.exits().length >= endsBefore + told.size);
  const ended = hosts.exits().filter(({ pid }) => pid !== null && told.has(pid));
  expect(ended.map(({ engine, reason }) => [engine, reason])).toEqual(
    Array(told.size).fill(['audio', how === 'end' ? 'ended' : 'restarted']),
  );
  for (const exit of hosts.exits()) EndedHost.parse(exit);
});

it('shows what each takes and has done, in the form that pages are told', async () => {
  await made('book');
  hosts.sample();
  await waitUntil(() => hosts.status().some(({ rssBytes }) => rssBytes !== null));
  const shown = hosts.status().filter(({ pid }) => pid !== null);
  for (const host of shown) expect(HostStatus.parse(host).engine).toBe('audio');
  expect(shown.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThan(0);
  expect(hosts.end(1)).toBe(false);
});
