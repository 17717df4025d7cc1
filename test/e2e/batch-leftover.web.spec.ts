import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAside, startAside } from '../helpers/run-aside.ts';
import { AsidePage } from './aside-page.ts';
import { expect, test } from './fixture.ts';
import { QueueView } from './queue-view.ts';
import type { RunningAside } from './running-aside.ts';

const NAMES = Array.from({ length: 8 }, (_, at) => `text${at}`);

/** A batch of a command, killed with -9 when something of it was made, whose texts and audio lie in `folder`. */
async function killBatch(folder: string, dataDir: string): Promise<{ args: string[]; env: Record<string, string> }> {
  const texts = NAMES.map((name) => join(folder, `${name}.txt`));
  for (const text of texts) writeFileSync(text, 'Several {{slow 100}} listeners gathered quietly.');
  const env = { ASIDE_DATA_DIR: dataDir, ASIDE_ENGINES: 'scripted' };
  const voice = ['--voice', 'scripted:en-us-high', '--jobs', '1'];
  const args = ['export', ...texts, '--out-dir', join(folder, 'audio'), ...voice];
  const run = startAside(args, env);
  await expect.poll(() => existsSync(join(folder, 'audio', 'text0.wav')), { intervals: [20] }).toBe(true);
  run.process.kill('SIGKILL');
  await run.exited;
  return { args, env };
}

const inFolder = (folder: string): string[] => readdirSync(folder).toSorted();
const madeIn = (folder: string): string[] => inFolder(folder).filter((name) => name.endsWith('.wav'));
const isBatchFolder = (name: string): boolean => name.startsWith('aside-batch-');

async function openQueue({ page }: RunningAside): Promise<QueueView> {
  const aside = new AsidePage(page);
  await aside.ready();
  const open = { name: 'Open the export queue' };
  await aside.notice('in the export queue').getByRole('button', open).click();
  return new QueueView(page);
}

test('the rest of a batch that a command was killed at is made where the command would have put it', async ({
  start,
  folder,
  dataDir,
}) => {
  const { args, env } = await killBatch(folder, dataDir);
  const audio = join(folder, 'audio');
  const left = NAMES.filter((name) => !madeIn(audio).includes(`${name}.wav`));
  expect(left.length).toBeGreaterThan(0);

  const queue = await openQueue(await start());
  await expect(queue.rows).toHaveCount(left.length);
  expect((await queue.names()).toSorted()).toEqual(left.map((name) => `${name}.txt`));
  await queue.button('Start').click();
  for (const name of left) await expect(queue.row(`${name}.txt`)).toHaveAttribute('data-state', 'done');
  await expect.poll(() => inFolder(audio)).toEqual(NAMES.map((name) => `${name}.wav`));

  const calm = join(folder, 'calm');
  await runAside([...args.slice(0, -6), '--out-dir', calm, ...args.slice(-4)], { env });
  for (const name of NAMES) {
    expect(readFileSync(join(audio, `${name}.wav`)).equals(readFileSync(join(calm, `${name}.wav`)))).toBe(true);
  }
});

test('a text of it that nobody wants any more is offered no more, and nothing is left of a batch without texts', async ({
  start,
  folder,
  dataDir,
}) => {
  await killBatch(folder, dataDir);
  const audio = join(folder, 'audio');
  const first = await start();
  const queue = await openQueue(first);
  const [unwanted = '', ...others] = await queue.names();
  await queue.button(`Remove ${unwanted}`).click();
  await expect(queue.row(unwanted)).toHaveCount(0);
  await first.close();

  const again = await openQueue(await start());
  await expect(again.rows).toHaveCount(others.length);
  expect(await again.names()).toEqual(others);
  for (const name of others) await again.button(`Remove ${name}`).click();
  await expect(again.rows).toHaveCount(0);
  await expect.poll(() => inFolder(audio).filter(isBatchFolder)).toEqual([]);
});
