import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';
import { ProcessesView } from './processes-view.ts';
import { QueueView } from './queue-view.ts';

/**
 * What axe finds, in words. Fluent's focus traps begin and end with hidden elements that take the focus for a moment.
 * Tips come and go with the mouse, and stand in no landmark: a screen reader hears the same of their buttons.
 * The legacy mode looks at this page only; the other one opens a second page, which Electron does not.
 */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .setLegacyMode()
    .exclude('[data-tabster-dummy]')
    .exclude('.fui-Tooltip__content')
    .analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} — ${node.failureSummary}`));
}

/** With a host that has ended, and what the developer section tells of it. */
async function openProcesses(page: Page): Promise<void> {
  const view = new ProcessesView(page);
  await view.open();
  await view.button('Crash').click();
  await expect(view.developer.getByRole('listitem')).toContainText('was killed by SIGKILL');
  await expect(view.ended.getByRole('listitem')).toHaveCount(1);
}

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ settings: { voiceId: 'scripted:en-us-high', theme } });

    test(`axe finds nothing in the empty page, a text, and a reading (${theme})`, async ({ aside }) => {
      expect(await violations(aside.page)).toEqual([]);

      await aside.writeToRead('Alpha {{silence 60000}} omitted. Bravo.');
      expect(await violations(aside.page)).toEqual([]);

      await aside.play();
      await aside.hears('Alpha');
      expect(await violations(aside.page)).toEqual([]);
    });

    test(`axe finds nothing in voice picker, settings and shortcuts (${theme})`, async ({ aside }) => {
      await aside.voiceButton.click();
      await expect(aside.voices).toBeVisible();
      expect(await violations(aside.page)).toEqual([]);
      await aside.page.getByRole('combobox', { name: 'Search voices' }).fill('nothing is called so');
      await expect(aside.page.getByText('No voice is called')).toBeVisible();
      expect(await violations(aside.page)).toEqual([]);
      await aside.page.keyboard.press('Escape');
      await expect(aside.voices).toHaveCount(0);

      await aside.button('Settings').click();
      await expect(aside.page.getByRole('radio', { name: 'Dark' })).toBeVisible();
      expect(await violations(aside.page)).toEqual([]);
      await aside.page.getByRole('button', { name: 'About Aside' }).press('Enter');
      await expect(aside.page.getByRole('dialog', { name: 'About Aside' })).toContainText(/Aside \d+\.\d+\.\d+ reads/u);
      await aside.page.getByRole('button', { name: 'Show licences and notices' }).press('Enter');
      await expect(aside.page.getByRole('region', { name: 'Licences and notices' })).toContainText(
        'GNU GENERAL PUBLIC',
      );
      expect(await violations(aside.page)).toEqual([]);
      await aside.page.keyboard.press('Escape');
      await expect(aside.button('Settings')).toBeFocused();

      await aside.button('Keyboard shortcuts').click();
      await expect(aside.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      expect(await violations(aside.page)).toEqual([]);
    });

    test(`axe finds nothing in the processes, with what developers see, wide and narrow (${theme})`, async ({
      aside,
    }) => {
      await openProcesses(aside.page);
      expect(await violations(aside.page)).toEqual([]);
      await aside.page.setViewportSize({ width: 320, height: 800 });
      expect(await violations(aside.page)).toEqual([]);
    });

    test(`axe finds nothing in the export queue, empty and with items of all kinds (${theme})`, async ({
      aside,
      shell,
    }) => {
      test.skip(shell !== 'browser', 'files are chosen in the system’s dialog');
      const queue = new QueueView(aside.page);
      await queue.open();
      expect(await violations(aside.page)).toEqual([]);
      await queue.add(
        { name: 'good.txt', text: 'Alpha bravo.' },
        { name: 'bad.txt', text: 'Alpha {{fail}} bravo.' },
        { name: 'long.txt', text: 'Several {{slow 100}} ordinary listeners gathered quietly. '.repeat(300) },
        { name: 'later.txt', text: 'Alpha bravo.' },
      );
      await queue.button('Start').click();
      await expect(queue.row('long.txt').getByRole('progressbar')).toBeVisible();
      expect(await violations(aside.page)).toEqual([]);
      await aside.page.setViewportSize({ width: 320, height: 800 });
      expect(await violations(aside.page)).toEqual([]);
    });

    test(`axe finds nothing in a running, a finished and a failed export, and in notices (${theme})`, async ({
      aside,
      running,
      folder,
    }) => {
      await aside.write('Several {{slow 100}} ordinary listeners gathered quietly. '.repeat(300));
      await running.chooseExportTarget(`${folder}/long.wav`);
      await aside.button('Export as an audio file').click();
      expect(await violations(aside.page)).toEqual([]);
      await aside.exportCard.getByRole('button', { name: 'Export', exact: true }).click();
      await expect(aside.page.getByRole('progressbar')).toBeVisible();
      expect(await violations(aside.page)).toEqual([]);
      await aside.exportCard.getByRole('button', { name: 'Cancel' }).click();

      await aside.overwrite('Alpha bravo.');
      await aside.export();
      await expect(aside.exportCard.getByRole('heading')).toHaveText(/ is ready$/);
      expect(await violations(aside.page)).toEqual([]);

      await aside.overwrite('Alpha {{fail}} bravo.');
      await aside.export();
      await expect(aside.exportCard.getByRole('alert')).toBeVisible();
      await aside.play();
      await aside.reaches('failed');
      expect(await violations(aside.page)).toEqual([]);
    });
  });
}

test('axe finds nothing where the system forces its colours, and the spoken word still stands out', async ({
  aside,
}) => {
  await aside.page.emulateMedia({ forcedColors: 'active' });
  expect(await violations(aside.page)).toEqual([]);
  await aside.writeToRead('Alpha {{silence 60000}} omitted. Bravo.');
  await aside.play();
  await aside.hears('Alpha');

  expect(await violations(aside.page)).toEqual([]);
  const [word, line] = await Promise.all(
    [aside.spokenWord, aside.editor].map((element) =>
      element.evaluate((node) => getComputedStyle(node).backgroundColor),
    ),
  );
  expect(word).not.toBe(line);

  await openProcesses(aside.page);
  expect(await violations(aside.page)).toEqual([]);
});
