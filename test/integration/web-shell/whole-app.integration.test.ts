import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type App, createApp } from '../../../main/app.ts';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { createLog } from '../../../main/logging/log.ts';
import type { HostStatus } from '../../../protocol/model/host-status.ts';
import type { PlayItem } from '../../../protocol/model/play.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { hostEntry } from '../../helpers/host-entry.ts';
import { waitUntil } from '../../helpers/wait-for.ts';
import { connectPage, runShell } from './running-shell.ts';

/** The whole core, with real hosts that speak by the scripted engine. */
async function makeApp(dataDir: string): Promise<App> {
  const app = await createApp({
    dataDir,
    launcher: createForkLauncher(),
    hostEntryPath: hostEntry(),
    audioHostEntryPath: hostEntry('audio-host.cjs'),
    engines: ['scripted'],
    version: '0.1.0',
    systemLanguage: 'en-US',
    log: createLog({ write: () => {}, level: 'error' }),
  });
  onTestFinished(() => app.close());
  return app;
}

async function makeDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'aside-whole-app-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

const manner = { generation: 0, creditBytes: 20_000, voiceId: null, prosody: DEFAULT_PROSODY };

test('an export is made by a host and fetched by the browser, all bytes of it', async () => {
  const shell = await runShell({ app: await makeApp(await makeDir()) });
  const cookie = await shell.enter();
  const page = connectPage(await shell.openOwnSocket(cookie));

  const params = { text: 'One two three.', voiceId: null, prosody: DEFAULT_PROSODY, title: 'Three words' };
  const result = await page.request('export.start', params);
  if (result.kind !== 'saved') throw new Error('nothing to download');
  const { status, headers, body } = await shell.fetch(result.outputs[0]?.downloadPath ?? '', { headers: { cookie } });

  expect([status, headers['content-length'], body.length]).toEqual([200, String(result.bytes), result.bytes]);
  expect([body.toString('latin1', 0, 4), body.toString('latin1', 8, 12)]).toEqual(['RIFF', 'WAVE']);
  expect(headers['content-disposition']).toContain('Three words.wav');
});

test('an export of the text becomes what was chosen, and all its files can be fetched', async () => {
  const shell = await runShell({ app: await makeApp(await makeDir()) });
  const cookie = await shell.enter();
  const page = connectPage(await shell.openOwnSocket(cookie));

  await page.request('exports.set-choices', { format: { kind: 'ogg', quality: 0 }, timedText: 'srt' });
  const params = { text: 'One two three.', voiceId: null, prosody: DEFAULT_PROSODY, title: 'Three words' };
  const result = await page.request('export.start', params);
  if (result.kind !== 'saved') throw new Error('nothing to download');
  const heads = await Promise.all(
    result.outputs.map(async ({ name, downloadPath }) => {
      const { body } = await shell.fetch(downloadPath ?? '', { headers: { cookie } });
      return `${name} ${body.toString('latin1', 0, 4)}`;
    }),
  );

  expect(heads).toEqual(['Three words.ogg OggS', 'Three words.srt 1\n00']);
});

test('speech reaches the page and goes on to its end as the page gives credit', async () => {
  const shell = await runShell({ app: await makeApp(await makeDir()) });
  const page = connectPage(await shell.openOwnSocket(await shell.enter()));
  const items: PlayItem[] = [];
  const text = 'A sentence to be heard.';

  const call = page.start(
    'speech.play',
    { ...manner, playId: 'p', text, startIndex: 0, endIndex: text.length },
    {
      onProgress: (item) => {
        items.push(item);
        if (item.kind === 'audio') call.credit(item.pcm.byteLength);
      },
    },
  );
  call.result.catch(() => {}); // lives until the shell closes the connection
  await waitUntil(() => items.some(({ kind }) => kind === 'end'));

  expect(items.filter(({ kind }) => kind === 'audio').length).toBeGreaterThan(1);
});

test('a page that goes away in mid-speech frees its host', async () => {
  const shell = await runShell({ app: await makeApp(await makeDir()) });
  const cookie = await shell.enter();
  const [leaving, staying] = [await shell.openOwnSocket(cookie), await shell.openOwnSocket(cookie)];
  const watcher = connectPage(staying);
  let hosts: readonly HostStatus[] = [];
  watcher.on('hosts.changed', (changed) => {
    hosts = changed.hosts;
  });
  await watcher.request('app.describe', {});
  const text = 'A long text. '.repeat(500);
  const call = connectPage(leaving).start('speech.play', {
    ...manner,
    playId: 'p',
    text,
    startIndex: 0,
    endIndex: text.length,
  });
  const ended = call.result.catch(({ code }) => code);
  await waitUntil(() => hosts.some(({ request }) => request !== null));

  leaving.close();

  expect(await ended).toBe('disconnected');
  await waitUntil(() => hosts.every(({ request }) => request === null));
});

test('what a page has written is there for the next shell', async () => {
  const dataDir = await makeDir();
  const first = await makeApp(dataDir);
  const before = await runShell({ app: first, dataDir });
  await connectPage(await before.openOwnSocket(await before.enter())).request('draft.save', {
    text: 'kept',
    charIndex: 2,
    name: 'kept.txt',
  });
  await before.close();
  await first.close();

  const after = await runShell({ app: await makeApp(dataDir), dataDir });
  const draft = await connectPage(await after.openOwnSocket(await after.enter())).request('draft.load', {});

  expect(draft).toEqual({ text: 'kept', charIndex: 2, name: 'kept.txt' });
});

test('a file that the system opens is shown on every page', async () => {
  const app = await makeApp(await makeDir());
  const shell = await runShell({ app });
  const cookie = await shell.enter();
  const pages = [connectPage(await shell.openOwnSocket(cookie)), connectPage(await shell.openOwnSocket(cookie))];
  const opened = pages.map((page) => new Promise((resolve) => page.on('document.opened', resolve)));
  await Promise.all(pages.map((page) => page.request('app.describe', {})));

  await app.openFile(new URL(import.meta.url).pathname);

  for (const document of await Promise.all(opened)) {
    expect(document).toMatchObject({ name: 'whole-app.integration.test.ts', format: 'text', encoding: 'UTF-8' });
  }
});
