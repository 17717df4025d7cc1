import process from 'node:process';
import type { Locator, Page } from '@playwright/test';
import { isRunning } from '../helpers/is-running.ts';
import { test as base, expect } from './fixture.ts';
import { KEYS } from './keys.ts';
import { hostsBelow } from './processes.ts';
import { ProcessesView } from './processes-view.ts';
import { recordedLayout, recordLayout } from './watch-layout.ts';
import { recordAnnouncements, recordedAnnouncements } from './watch-told.ts';

/** One call of a host, of which ten seconds are made ahead: it lasts until somebody ends it, or skips. */
const LONG = 'Alpha {{silence 60000}} omitted.';

/** What the clipboard holds. */
async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => document.body.appendChild(document.createElement('textarea')).focus());
  await page.keyboard.press('ControlOrMeta+v');
  return page.evaluate(() => document.querySelector('textarea')?.value ?? '');
}

const test = base.extend<{ view: ProcessesView }>({
  view: async ({ aside }, use) => {
    await use(new ProcessesView(aside.page));
  },
});

test('main and the hosts are listed with the ids of processes that exist, and what they take', async ({
  aside,
  running,
  view,
}) => {
  await aside.writeToRead(LONG);
  await aside.play();
  await aside.hears('Alpha');
  await view.open();

  const listed = () => view.pids().then((pids) => pids.toSorted((a, b) => a - b));
  await expect.poll(listed).toEqual(hostsBelow(running.pid, 'scripted').toSorted((a, b) => a - b));
  const main = view.table.getByRole('row', { name: /^Main process/ });
  await expect(main.getByRole('cell').first()).toHaveText(String(running.pid));
  const [first = 0] = hostsBelow(running.pid, 'scripted');
  expect(isRunning(first)).toBe(true);
  const busy = view.table.getByRole('row', { name: /Speaking/ });
  await expect(busy).toHaveCount(1);
  await expect(busy).toHaveText(/Scripted.*\d+\.\d s.*\d+\.\d %.*\d+\.\d MB/s);
});

test('a host that somebody kills shows as its end, why, and at what; the reading goes on', async ({ aside, view }) => {
  await aside.writeToRead(LONG);
  await view.open();
  await aside.play();
  await aside.hears('Alpha');
  const killed = await view.speaking();

  process.kill(killed, 'SIGKILL');

  await expect(view.endOf(killed)).toContainText('Was killed while speaking (SIGKILL)');
  await expect(view.hosts('Was killed')).toContainText(/SIGKILL, (just now|\d+ (s|min) ago)/);
  await expect(view.host(killed)).toHaveCount(0);
  await view.speaking();
  await aside.reaches('playing');
});

test('a host is ended by its button again and again in the middle of one text, and no word is lost', async ({
  aside,
  view,
}) => {
  await aside.writeToRead(`${LONG} Bravo charlie.`);
  await view.open();
  await aside.play();
  await aside.hears('Alpha');
  // Three times at the same text: hosts that die by themselves would be given up after two.
  for (let times = 0; times < 3; times++) {
    const pid = await view.speaking();
    await view.button(`End voice process ${pid}`).click();
    await expect(view.endOf(pid)).toContainText('Ended on request while speaking');
    await expect(view.host(pid)).toHaveCount(0);
    expect(isRunning(pid)).toBe(false);
  }
  await aside.page.keyboard.press(KEYS.nextSentence);
  await aside.reaches('finished');

  expect(await aside.litWords()).toEqual(['Alpha', 'Bravo', 'charlie']);
});

test('a host is restarted by its button: another process has its place', async ({ aside, running, view }) => {
  await expect(aside.voiceButton).toBeEnabled();
  await view.open();
  const [before = 0] = await view.pids();

  await view.button(`Restart voice process ${before}`).click();

  const row = view.hosts('Restarted on request');
  await expect(row).toContainText('Ready');
  const after = Number(await row.getAttribute('data-host'));
  expect(after).not.toBe(before);
  expect(hostsBelow(running.pid, 'scripted')).toContain(after);
  expect(isRunning(before)).toBe(false);
});

test('when all hosts are ended the view says that there is none, and the next reading starts one', async ({
  aside,
  view,
}) => {
  await view.open();
  // The spare is started in a moment of its own: it may come while the others are being ended.
  const none = view.table.getByText('No voice process. One is started when there is something to say.');
  while (!(await none.isVisible())) {
    for (const pid of await view.pids()) {
      await view.button(`End voice process ${pid}`).click();
      await expect(view.endOf(pid)).toContainText('Ended on request');
      await expect(view.host(pid)).toHaveCount(0);
    }
  }

  await aside.writeToRead('Alpha bravo.');
  await aside.play();
  await aside.reaches('finished');
  await expect(view.table).not.toContainText('No voice process');
});

test.describe('in the developer section', () => {
  test('a host that crashes is replaced, with the signal and a restart more', async ({ view }) => {
    await view.open();
    await view.button('Crash').click();
    await expect(view.developer.getByRole('listitem')).toContainText(/was killed by SIGKILL .*Another takes its place/);
    const row = view.hosts('SIGKILL');
    await expect(row).toContainText('Ready');
    await expect(row.getByRole('cell').nth(5)).toHaveText('1');
  });

  test('a host that hangs is shown at it, given up, killed and replaced', async ({ aside, view }) => {
    await view.open();
    await view.button('Hang').click();
    const pid = await view.speaking();
    await expect(view.developer.getByRole('listitem')).toContainText('made no progress for 3000 ms');
    await expect(view.endOf(pid)).toContainText('Hung, was killed while speaking (SIGKILL)');
    await expect(view.hosts('Hung, was killed')).toContainText('Ready');
    expect(isRunning(pid)).toBe(false);

    await aside.writeToRead('Alpha bravo.');
    await aside.play();
    await aside.reaches('finished');
  });

  test('a host that leaks is seen to grow, and is let go for it', async ({ view }) => {
    await view.open();
    await view.button('Leak').click();
    const pid = await view.speaking();
    await view.recordMemoryOf(pid);
    await expect(view.developer.getByRole('listitem')).toContainText('Keeps 256 MB');
    await expect(view.endOf(pid)).toContainText('Replaced after long use');
    await expect(view.host(pid)).toHaveCount(0);
    await expect(view.hosts('Ready')).not.toHaveCount(0);
    expect(await view.recordedMemoryMb()).toBeGreaterThan(256);
  });

  test('while a native call blocks, that is in the picture and the table, and the page goes on', async ({
    aside,
    view,
  }) => {
    await view.open();
    await view.button('Block 5 s').click();
    await expect(view.developer.getByRole('listitem')).toContainText('nobody had to wait');
    await expect(view.delays).toContainText(/Native calls were blocking for ([5-9]|\d\d)\.\d of/);
    const blocked = aside.page.locator('.delays__blocked');
    expect(await blocked.getAttribute('d')).toContain('V0H');
    await expect(view.delays.getByRole('row', { name: /^Page/ }).getByRole('cell').nth(1)).toHaveText(/ m?s$/);
  });

  test.describe('of users', () => {
    test.use({ engines: 'espeak', settings: { voiceId: 'espeak:gmw/en-US' } });

    test('there is nothing', async ({ view }) => {
      await view.open();
      await expect(view.hosts()).not.toHaveCount(0);
      await expect(view.table).toContainText('eSpeak NG');
      await expect(view.developer).toHaveCount(0);
    });
  });
});

test('the diagnostics are copied: versions, hosts, ends and delays, and not a word of the text', async ({
  aside,
  running,
  view,
}) => {
  await aside.writeToRead('Ishmael {{stderr Queequeg}} {{crash}} whale.');
  await view.open();
  await aside.play();
  await aside.reaches('failed');
  await expect(view.ended.getByRole('listitem')).toHaveCount(2);

  await view.button('Copy diagnostics').click();

  await expect(view.button('Copied')).toBeVisible();
  const copied = await pasted(aside.page);
  expect(copied).toContain('"signal": "SIGKILL"');
  expect(copied).toContain(`"pid": ${running.pid}`);
  expect(copied).not.toMatch(/Ishmael|Queequeg|whale/);
});

test('all of it works by the keyboard: open, walk, restart, close; the focus comes back', async ({ aside, view }) => {
  const { keyboard } = aside.page;
  await aside.write('Alpha.');
  await aside.editor.focus();
  await view.open();
  await expect(view.panel).toBeFocused();
  const [pid = 0] = await view.pids();

  for (const name of ['Copy diagnostics', 'Close the processes']) {
    await keyboard.press('Tab');
    await expect(view.button(name)).toBeFocused();
  }
  await keyboard.press('Tab');
  await expect(view.table).toBeFocused();
  await keyboard.press('Tab');
  await expect(view.button(`Restart voice process ${pid}`)).toBeFocused();
  await keyboard.press('Enter');
  await expect(view.table).toBeFocused();
  await expect(view.table).toContainText('Restarted on request');
  for (let tabs = 0; tabs < 20 && !(await isFocused(view.button('Block 5 s'))); tabs++) await keyboard.press('Tab');
  await expect(view.button('Block 5 s')).toBeFocused();

  await keyboard.press('Escape');
  await expect(view.panel).toHaveCount(0);
  await expect(aside.editor).toBeFocused();
});

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}

for (const width of [1280, 320]) {
  test(`no word or number of a host at work is cut off, in a window ${width} pixels wide`, async ({ aside, view }) => {
    await aside.page.setViewportSize({ width, height: 800 });
    await view.open();
    await view.button('Crash').click();
    await expect(view.hosts('SIGKILL')).toContainText('Ready');
    await aside.writeToRead(LONG);
    await aside.play();
    await aside.hears('Alpha');
    await expect(view.hosts(/Speaking.*\d s/)).toHaveCount(1);

    const cutOff = await view.panel.evaluate((panel) =>
      [...panel.querySelectorAll('th, td, td *, li, button, caption')]
        .filter((element) => element instanceof HTMLElement && !element.closest('.visually-hidden'))
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
        .map(({ textContent }) => textContent),
    );
    expect(cutOff).toEqual([]);
    const sides = await view.panel.locator('.processes__body').evaluate((body) => [body.scrollWidth, body.clientWidth]);
    expect(sides[0]).toBe(sides[1]);
  });
}

test('nothing in it moves, and a screen reader is told nothing, while its numbers change', async ({ aside, view }) => {
  await aside.writeToRead(LONG);
  await aside.play();
  await aside.hears('Alpha');
  await view.open();
  await expect(view.hosts(/MB/)).toHaveCount(2); // the one that speaks, and its spare
  await recordAnnouncements(aside.page);
  await recordLayout(aside.page);

  const age = view.table.locator('.process-table__doing').filter({ hasText: 'Speaking' }).locator('.tabular');
  const before = await age.textContent();
  await expect
    .poll(async () => Number.parseFloat((await age.textContent()) ?? ''))
    .toBeGreaterThan(Number.parseFloat(before ?? '') + 3);

  const { shifts } = await recordedLayout(aside.page);
  expect(shifts).toEqual([]);
  expect(await recordedAnnouncements(aside.page)).toEqual([]);
});
