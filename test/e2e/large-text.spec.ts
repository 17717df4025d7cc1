import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixture.ts';

test('a megabyte in one line can be edited, read and stopped', async ({ aside, running, folder }) => {
  const path = join(folder, 'large.txt');
  const text = 'Several ordinary listeners gathered quietly around the old piano, and '.repeat(15_000);
  await writeFile(path, text);
  await running.chooseFile(path, () => aside.button('Open a file').click());
  await expect(aside.page.getByText('1,050,000 characters')).toBeVisible();

  await aside.page.keyboard.type('Typed. ');
  await expect(aside.editor).toContainText('Typed. Several');
  await aside.page.keyboard.press('ControlOrMeta+Home');
  await aside.play();
  await aside.hears('Typed');
  await aside.button('Next sentence').click();
  await aside.hears('Several');
  const box = await aside.scrubber.boundingBox();
  await aside.scrubber.click({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 } });
  await expect.poll(() => aside.spokenFrom()).toBeGreaterThan(text.length * 0.4);
  await aside.button('Stop').click();
  await aside.reaches('idle');
});
