import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProof } from '../../scripts/testing/find-program.mjs';
import { expect, test } from './fixture.ts';
import { referenceSpeech } from './reference-speech.ts';
import { recordedProgress, recordProgress } from './watch-told.ts';

const TEXT = 'Several listeners gathered quietly. Nobody expected another performance.';
/** Eight segments of an export; each word takes a millisecond. */
const LONG = 'Several {{slow 1}} ordinary listeners gathered quietly around the old piano. '.repeat(200);

test.describe('with a real voice', () => {
  const voice = 'espeak:gmw/en-US';
  test.use({ engines: 'espeak', settings: { voiceId: voice } });

  test('an exported file is the speech of the text, byte for byte, and as long as the page says', async ({
    aside,
    running,
    folder,
  }) => {
    const file = join(folder, 'speech.wav');
    const reference = await referenceSpeech(folder, TEXT, { voice });
    await aside.write(TEXT);
    await running.chooseExportTarget(file);

    await aside.export();
    await expect(aside.exportCard.getByRole('heading')).toHaveText(/ is ready$/);
    const seconds = Math.round(reference.durationMs / 1000);
    await expect(aside.exportCard).toContainText(`${seconds} seconds of audio`);
    await running.fetchExport(file);

    const wav = readFileSync(file);
    expect(wavHeader(wav)).toEqual({ riff: 'RIFF', wave: 'WAVE', channels: 1, rateHz: 22_050, bits: 16 });
    expect(wav.equals(reference.wav)).toBe(true);
    expect(Math.abs(durationBySox(file, reference.durationMs) - reference.durationMs)).toBeLessThan(1);
  });
});

test('an export tells how far it is, how fast it goes and how long it takes, and reading goes on beside it', async ({
  aside,
  running,
  folder,
}) => {
  await aside.writeToRead(LONG);
  await running.chooseExportTarget(join(folder, 'long.wav'));
  await recordProgress(aside.page);
  await aside.play();
  await aside.hears('Several');

  await aside.export();
  await expect(aside.exportCard.getByRole('heading')).toHaveText(/ is ready$/);

  const told = await recordedProgress(aside.page);
  const percents = told.flatMap((line) => (/^(\d+) %/.exec(line) ? [Number.parseInt(line, 10)] : []));
  expect(percents.length).toBeGreaterThan(3);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  expect(told.at(-1)).toMatch(/^\d+ %, \d+× real time, \d+ seconds? left$/);
  await aside.reaches('playing');
});

test('a cancelled export leaves no file behind', async ({ aside, running, folder, dataDir }) => {
  await aside.write(LONG.replaceAll('{{slow 1}}', '{{slow 100}}'));
  await running.chooseExportTarget(join(folder, 'long.wav'));
  await aside.export();
  await expect(aside.page.getByRole('progressbar')).toHaveAttribute('aria-valuetext', /^\d+ %/);
  expect(audioFiles(folder)).toHaveLength(1);

  await aside.exportCard.getByRole('button', { name: 'Cancel' }).click();
  await expect(aside.exportCard).toHaveCount(0);

  await expect(aside.announcements).toHaveText('Export cancelled');
  // The page need not wait until the host has let go of the file.
  await expect.poll(() => [...audioFiles(folder), ...audioFiles(dataDir)]).toEqual([]);
  await expect(aside.button('Export as an audio file')).toBeEnabled();
});

test('an export that fails says why and what to do, and can be tried again', async ({ aside, running, folder }) => {
  await aside.write('Alpha {{fail}} bravo.');
  await running.chooseExportTarget(join(folder, 'never.wav'));

  await aside.export();

  const alert = aside.exportCard.getByRole('alert');
  await expect(alert).toContainText('was not made');
  await expect(alert).toContainText('the scripted engine was told to fail');
  await expect(alert).toContainText('Take {{fail}} out of the text.');
  expect(audioFiles(folder)).toEqual([]);
  await aside.overwrite('Alpha bravo.');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(aside.exportCard.getByRole('heading')).toHaveText(/ is ready$/);
});

test('an export becomes what is chosen for it, and the next one begins with that', async ({ aside, shell }) => {
  test.skip(shell !== 'browser', 'files are saved by the system’s dialog');
  await aside.write(TEXT);
  await aside.page.keyboard.press('ControlOrMeta+e');
  const choice = (name: string) => aside.exportCard.getByRole('combobox', { name });
  await expect(aside.exportCard.getByRole('button', { name: 'Export', exact: true })).toBeFocused();
  await choice('Format').selectOption('MP3');
  await choice('Quality').selectOption('96 kbit/s');
  await choice('Subtitles').selectOption('WebVTT');
  await aside.exportCard.getByRole('button', { name: 'Export', exact: true }).press('Enter');

  const links = aside.exportCard.getByRole('link');
  await expect(links).toHaveText([/\.mp3$/, /\.vtt$/]);
  const heads: string[] = [];
  for (const link of await links.all()) {
    const download = aside.page.waitForEvent('download');
    await link.click();
    heads.push(readFileSync(await (await download).path()).toString('latin1', 0, 3));
  }
  expect(heads).toEqual(['ID3', 'WEB']);

  await aside.editor.focus();
  await aside.page.keyboard.press('ControlOrMeta+e');
  await expect(choice('Format')).toHaveValue('mp3');
  await aside.page.keyboard.press('Escape');
  await expect(aside.exportCard).toHaveCount(0);
  await expect(aside.editor).toBeFocused();
});

test('with a selection only the selection is exported', async ({ aside, running, folder }) => {
  const file = join(folder, 'selection.wav');
  const reference = await referenceSpeech(folder, 'Several', { voice: 'scripted:en-us-high' });
  await aside.write(TEXT);
  await aside.editor.getByText('Several').dblclick({ position: { x: 4, y: 8 } });
  await running.chooseExportTarget(file);

  await aside.export('Export the selection as an audio file');
  await expect(aside.exportCard.getByRole('heading')).toHaveText('Several.wav is ready');
  await running.fetchExport(file);

  expect(readFileSync(file).equals(reference.wav)).toBe(true);
});

function wavHeader(wav: Buffer) {
  return {
    riff: wav.toString('latin1', 0, 4),
    wave: wav.toString('latin1', 8, 12),
    channels: wav.readUInt16LE(22),
    rateHz: wav.readUInt32LE(24),
    bits: wav.readUInt16LE(34),
  };
}

/** What a program that is not ours says, where it is installed; else `otherwise`. */
function durationBySox(file: string, otherwise: number): number {
  const soxi = findProof({ commands: ['soxi'] });
  return soxi === null ? otherwise : Number(execFileSync(soxi, ['-D', file], { encoding: 'utf8' })) * 1000;
}

/** Finished and unfinished ones below `folder`. */
function audioFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(wav|part)$/.test(name));
}
