import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { connectPage, type RunningShell, runShell } from './running-shell.ts';
import { EXPORTED_BYTES } from './stand-in-app.ts';

/** Exports under `name`; where the file is and where it can be fetched. */
async function exportAs(shell: RunningShell, cookie: string, title: string) {
  const page = connectPage(await shell.openOwnSocket(cookie));
  const params = { text: 'a', voiceId: null, prosody: DEFAULT_PROSODY, title };
  const result = await page.request('export.start', params);
  if (result.kind !== 'saved') throw new Error('the stand-in saves every export');
  const [output] = result.outputs;
  return { path: output?.path ?? '', downloadPath: output?.downloadPath ?? '' };
}

test('a finished export is fetched as an attachment, byte for byte', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();
  const { downloadPath } = await exportAs(shell, cookie, 'Über “Zeit”');

  const reply = await shell.fetch(downloadPath, { headers: { cookie, 'sec-fetch-site': 'same-origin' } });

  expect(reply.status).toBe(200);
  expect(reply.headers).toMatchObject({
    'content-type': 'audio/wav',
    'content-length': String(EXPORTED_BYTES.length),
    'content-disposition': `attachment; filename="_ber _Zeit_.wav"; filename*=UTF-8''%C3%9Cber%20%E2%80%9CZeit%E2%80%9D.wav`,
    'cache-control': 'no-store',
  });
  expect(reply.body.equals(EXPORTED_BYTES)).toBe(true);
});

test('HEAD tells the size and sends nothing', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();
  const { downloadPath } = await exportAs(shell, cookie, 'a');

  const reply = await shell.fetch(downloadPath, { method: 'HEAD', headers: { cookie } });

  expect([reply.status, reply.headers['content-length'], reply.body.length]).toEqual([200, '300000', 0]);
});

test('a download needs the cookie', async () => {
  const shell = await runShell();
  const { downloadPath } = await exportAs(shell, await shell.enter(), 'a');

  const reply = await shell.fetch(downloadPath);

  expect(reply.status).toBe(403);
  expect(reply.body.includes(EXPORTED_BYTES.subarray(0, 100))).toBe(false);
});

test('a path that was not given out finds nothing, also with a right id', async () => {
  const shell = await runShell();
  const cookie = await shell.enter();
  const { downloadPath } = await exportAs(shell, cookie, 'a');

  const paths = [`${dirname(downloadPath)}/b.wav`, dirname(downloadPath), '/download/', `${downloadPath}.part`];
  const statuses = await Promise.all(
    paths.map(async (path) => (await shell.fetch(path, { headers: { cookie } })).status),
  );

  expect(statuses).toEqual([404, 404, 404, 404]);
});

test('a name from a page stays inside the folder of downloads', async () => {
  const shell = await runShell();
  const { path } = await exportAs(shell, await shell.enter(), '../../../../tmp/evil');

  expect(path).toMatch(new RegExp(`^${shell.dataDir}/downloads-[^/]+/[^/]+/tmp evil\\.wav$`));
});

test.runIf(process.platform !== 'win32')('only this user can read the folder of downloads', async () => {
  const shell = await runShell();
  const { path } = await exportAs(shell, await shell.enter(), 'a');

  const modes = await Promise.all(
    [dirname(path), dirname(dirname(path))].map(async (folder) => (await stat(folder)).mode & 0o777),
  );

  expect(modes).toEqual([0o700, 0o700]);
});

test('downloads are gone when the shell has closed', async () => {
  const shell = await runShell();
  await exportAs(shell, await shell.enter(), 'a');

  await shell.close();

  expect(await readdir(shell.dataDir)).toEqual([]);
});

test('the start removes what killed runs have left, and leaves what belongs to a run beside it', async () => {
  const first = await runShell();
  const neverRunning = 2 ** 22 + 1; // one above the largest process id that Linux gives out
  await mkdir(join(first.dataDir, `downloads-${neverRunning}-abcdef`));
  await writeFile(join(first.dataDir, `downloads-${neverRunning}-abcdef`, 'old.wav'), 'old');
  await writeFile(join(first.dataDir, 'settings.json'), '{}');

  const second = await runShell({ dataDir: first.dataDir });
  await second.close();

  const left = await readdir(first.dataDir);
  expect(left).toEqual([expect.stringMatching(`^downloads-${process.pid}-`), 'settings.json']);
});
